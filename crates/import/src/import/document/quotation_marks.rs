//! Which marks open and close quotations in a text, and whether one is open.

/// The marks that open and close quotations in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    opening: [char; 3],
    closing: [char; 3],
}

impl Marks {
    /// Those of English and French; of German, where `„` opens some or `»` stands close before more words than `«` does.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l str>) -> Marks {
        let (mut low, mut german, mut french) = (0, 0, 0);
        for line in lines {
            low += line.matches('„').count();
            for (at, c) in line.char_indices().filter(|(_, c)| matches!(c, '»' | '«')) {
                let opens = line[at + c.len_utf8()..].starts_with(char::is_alphanumeric);
                *if c == '»' { &mut german } else { &mut french } += usize::from(opens);
            }
        }
        let guillemets = if german > french { ['»', '«'] } else { ['«', '»'] };
        let double = if low >= LEAST_LOW { ['„', '“'] } else { ['“', '”'] };
        Marks { opening: [double[0], guillemets[0], '"'], closing: [double[1], guillemets[1], '"'] }
    }

    /// Whether a quotation is open after a line, which began with one open or none.
    pub(super) fn is_open(self, text: &str, open: bool) -> bool {
        text.chars().fold(open, |open, c| match c {
            '"' => !open,
            c if self.opening.contains(&c) => true,
            c if self.closing.contains(&c) => false,
            _ => open,
        })
    }
}

/// How many marks below the line show that they open.
const LEAST_LOW: usize = 3;
