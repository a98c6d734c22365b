#[path = "common/pages.rs"]
mod fixture;
use pamphleteer::cover::{self, Faces, Template};
use pamphleteer::font::Library;
use pamphleteer::pdf::{self, CoverArt, CoverImage};
#[test]
fn out() {
    let meta = pamphleteer::book::Meta { title: "Parts & Pieces".into(), ..Default::default() };
    let front = cover::front(&meta, Template::Novel, &Faces::new(&Library::built_in())).value;
    let art = CoverArt::Drawing(front.drawing(fixture::book().trim).unwrap());
    let c = CoverImage { art, description: front.description };
    std::fs::write("/tmp/s.pdf", pdf::screen(&fixture::book(), Some(&c)).unwrap().bytes).unwrap();
}
