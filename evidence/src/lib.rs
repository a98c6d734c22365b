//! Nothing: the claims of README stand in tests/.
