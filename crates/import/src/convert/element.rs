//! A tree of elements, as readers of HTML and XML see it.

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    /// Its name; that of HTML in small letters.
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What stands in an element.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// Elements deeper in one another than this are left out, but not what stands in them, where one of their
/// name is open already; others down to [`DEEPEST`]: every reader follows them by recursion, and no book
/// needs more. So ten thousand wrappings become a hundred, and the paragraph in them stays one.
pub(super) const MAX_DEPTH: usize = 120;
/// No element is kept deeper than this.
const DEEPEST: usize = MAX_DEPTH + 40;

impl Element {
    /// An empty element.
    pub(super) fn named(name: impl Into<String>) -> Element {
        Element { name: name.into(), ..Element::default() }
    }

    /// An attribute's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements right in it.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name right in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The first element of that name anywhere in it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements()
            .find_map(|element| if element.name == name { Some(element) } else { element.find(name) })
    }

    /// All elements in it for which `test` holds, however deep, in order.
    pub(super) fn all<'e>(&'e self, test: &dyn Fn(&Element) -> bool, found: &mut Vec<&'e Element>) {
        for element in self.elements() {
            if test(element) {
                found.push(element);
            }
            element.all(test, found);
        }
    }

    /// All words in it.
    pub(super) fn words(&self) -> String {
        let mut out = String::new();
        self.push_words(&mut out);
        out
    }

    fn push_words(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.push_words(out),
            }
        }
    }
}

/// Elements that are open, on the way to a tree.
#[derive(Debug)]
pub(super) struct Builder {
    open: Vec<Element>,
    /// For each element that is open beyond the depth, whether it was kept.
    beyond: Vec<bool>,
    /// Whether any were.
    pub was_too_deep: bool,
}

impl Builder {
    pub(super) fn new() -> Builder {
        Builder { open: vec![Element::named("")], beyond: Vec::new(), was_too_deep: false }
    }

    /// The names of the open elements, outermost first.
    pub(super) fn names(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.open[1..].iter().map(|element| element.name.as_str())
    }

    pub(super) fn text(&mut self, text: &str) {
        let Some(last) = self.open.last_mut() else { return };
        match last.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => last.children.push(Node::Text(text.to_owned())),
        }
    }

    /// Opens an element; one that stands too deep is left out, but not what stands in it.
    pub(super) fn open(&mut self, element: Element) {
        if self.open.len() > MAX_DEPTH || !self.beyond.is_empty() {
            let kept = self.open.len() < DEEPEST && self.names().all(|name| name != element.name);
            self.beyond.push(kept);
            self.was_too_deep |= !kept;
            if !kept {
                return;
            }
        }
        self.open.push(element);
    }

    /// Adds an element without content.
    pub(super) fn empty(&mut self, element: Element) {
        if let Some(last) = self.open.last_mut() {
            last.children.push(Node::Element(element));
        }
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        let is_kept = self.beyond.pop().unwrap_or(true);
        if is_kept
            && self.open.len() > 1
            && let Some(done) = self.open.pop()
        {
            self.empty(done);
        }
    }

    /// Closes all up to the nearest element of that name, if one is open.
    pub(super) fn close_named(&mut self, name: &str) {
        if !self.beyond.is_empty() {
            self.close();
            return;
        }
        let steps = self.names().rev().position(|open| open == name);
        if let Some(steps) = steps {
            (0..=steps).for_each(|_| self.close());
        }
    }

    /// The whole tree, in an element without a name.
    pub(super) fn finish(mut self) -> Element {
        self.beyond.clear();
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().unwrap_or_default()
    }
}
