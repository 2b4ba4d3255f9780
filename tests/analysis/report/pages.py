"""What is on a page: its marked numbers, and the text beside them."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """The numbers of a page, and the text that is beside them."""

    VOID = {"meta", "link", "input", "br", "circle", "line", "rect", "path"}
    QUIET = {"head", "style", "script", "pre", "h1", "desc", "code"}

    def __init__(self, html: str):
        super().__init__()
        self.stack: list[tuple[str, dict]] = []
        self.numbers: list[dict] = []
        self.loose: list[str] = []
        self.unit = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        about = dict(attributes)
        self.unit = about.get("data-unit", self.unit)
        if tag in self.VOID:
            return
        self.stack.append((tag, about))
        if "data-statistic" in about:
            of = {key[5:]: value for key, value in about.items() if key.startswith("data-")}
            exact = about.get("value") or of.get("value")
            self.numbers.append({**of, "exact": None if exact is None else float(exact), "shown": "", "tag": tag})

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, text):
        if any("data-statistic" in about for _, about in self.stack):
            self.numbers[-1]["shown"] += text
            return
        quiet = {"tick", "provenance", "question", "number"}
        if not any(tag in self.QUIET or quiet & set((about.get("class") or "").split()) for tag, about in self.stack):
            self.loose.append(text)
