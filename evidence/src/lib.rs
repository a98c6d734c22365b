//! Nothing: the claims stand in tests/.
