"""The styles of a Word file: what a paragraph or a run is by its style, and not by itself."""

from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.office.docx_package import attribute, child, is_on, name_of, value, whole
from ingest.formats.office.styled import level_of_style

_TEXT_LEVEL = 9  # ECMA-376, 17.3.1.20: outline levels 0 to 8 are headings, 9 is text


@dataclass(frozen=True)
class Styles:
    """Style elements by id; each takes what it does not say from the one it is based on."""

    by_id: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    names: dict[str, str] = field(default_factory=dict)
    default_half_points: int = 20  # ECMA-376, 17.3.2.38: of text that no style gives a size

    def name(self, style_id: str) -> str:
        """A style's name in small letters; its id where the file does not define it."""
        return self.names.get(style_id, style_id).lower()

    def chain(self, style_id: str) -> list[etree._Element]:
        """The style and those it is based on, nearest first."""
        chain: list[etree._Element] = []
        style = self.by_id.get(style_id)
        while style is not None and style not in chain:
            chain.append(style)
            style = self.by_id.get(value(style, "basedOn"))
        return chain

    def heading_level(self, style_id: str) -> int:
        """The level that a style gives a heading, from 1; 0 for styles of text."""
        for style in self.chain(style_id):
            level = level_of_style(value(style, "name"))
            if level:
                return level
            outline = value(style, "pPr", "outlineLvl")
            if outline:
                return outline_level(outline)
        return level_of_style(self.name(style_id))

    def numbering(self, style_id: str) -> tuple[str, str]:
        """The list and the level that a style belongs to; "" where it belongs to none."""
        for style in self.chain(style_id):
            properties = child(style, "pPr", "numPr")
            if properties is not None:
                return value(properties, "numId"), value(properties, "ilvl")
        return "", ""

    def run_property(self, name: str, *style_ids: str) -> etree._Element | None:
        """The first that the styles say of a property of their characters."""
        for style_id in style_ids:
            for style in self.chain(style_id):
                found = child(style, "rPr", name)
                if found is not None:
                    return found
        return None


def read_styles(root: etree._Element | None) -> Styles:
    """The styles of a file; none where it has no such part."""
    styles = [one for one in (root if root is not None else ()) if name_of(one) == "style"]
    default = next(
        (
            attribute(one, "styleId")
            for one in styles
            if attribute(one, "type") == "paragraph" and attribute(one, "default") in ("1", "true")
        ),
        "",
    )
    size = value(root, "docDefaults", "rPrDefault", "rPr", "sz")
    return Styles(
        {attribute(one, "styleId"): one for one in styles},
        default,
        {attribute(one, "styleId"): value(one, "name") for one in styles},
        whole(size, Styles.default_half_points),
    )


def outline_level(written: str) -> int:
    """A heading's level from 1, of the outline level as Word writes it; 0 for text."""
    level = whole(written, _TEXT_LEVEL)
    return level + 1 if level < _TEXT_LEVEL else 0


def is_bold(properties: etree._Element | None, styles: Styles, *style_ids: str) -> bool:
    """Whether a run with these properties, in these styles, is printed bold."""
    if child(properties, "b") is not None:
        return is_on(properties, "b")
    by_style = styles.run_property("b", *style_ids)
    return by_style is not None and attribute(by_style, "val") not in ("0", "false", "off")
