"""TypeScript prop types of every component, from the annotations and docstrings of its Python half.

Parses source; imports nothing of what it describes.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

__all__ = ["prop_types"]

_PACKAGE = Path(__file__).parent.parent
_SHARED = {
    "visible", "elem_id", "elem_classes", "scale", "min_width", "label", "info", "show_label",
    "container", "interactive", "buttons", "preserved_by_key", "value", "render", "key", "every",
    "inputs",
}  # fmt: skip


class _Field(NamedTuple):
    name: str
    annotation: str
    doc: str


def _is_on_wire(node: ast.AnnAssign) -> bool:
    call = node.value
    if not isinstance(call, ast.Call):
        return True
    return not any(
        k.arg == "wire" and isinstance(k.value, ast.Constant) and k.value.value is False
        for k in call.keywords
    )


def _fields(node: ast.ClassDef) -> list[_Field]:
    found: list[_Field] = []
    for number, item in enumerate(node.body):
        if not isinstance(item, ast.AnnAssign) or not isinstance(item.target, ast.Name):
            continue
        name, annotation = item.target.id, ast.unparse(item.annotation)
        if name.startswith("_") or annotation.startswith("ClassVar") or not _is_on_wire(item):
            continue
        doc = ""
        if number + 1 < len(node.body):
            after = node.body[number + 1]
            if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
                doc = str(after.value.value)
        found.append(_Field(_alias(item.value) or name, annotation, doc))
    return found


def _alias(given: ast.expr | None) -> str | None:
    """What the wire calls a prop whose attribute has another name."""
    for keyword in given.keywords if isinstance(given, ast.Call) else ():
        if keyword.arg == "alias" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None


_SIMPLE = {
    "str": "string",
    "int": "number",
    "float": "number",
    "bool": "boolean",
    "Path": "string",
    "I18nData": "string",
    "Any": "unknown",
    "dict": "Record<string, unknown>",
    "list": "readonly unknown[]",
    "None": "",
}


def _type(node: ast.expr) -> str:
    """A Python annotation as a TypeScript type; empty for what never reaches the browser."""
    if isinstance(node, ast.BinOp):
        options = [t for t in (_type(node.left), _type(node.right)) if t]
        flat = list(dict.fromkeys(" | ".join(options).split(" | ")))
        return " | ".join(flat)
    if isinstance(node, ast.Constant):
        return "" if node.value is None else _type(ast.parse(str(node.value), mode="eval").body)
    if isinstance(node, ast.Name):
        return _SIMPLE.get(node.id, "unknown")
    if isinstance(node, ast.Attribute):
        return "unknown"
    if not isinstance(node, ast.Subscript):
        return "unknown"
    return _generic(ast.unparse(node.value), node.slice)


def _generic(name: str, inner: ast.expr) -> str:
    items = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    if name == "Literal":
        return " | ".join(
            f'"{i.value}"' if isinstance(i.value, str) else str(i.value).lower()
            for i in items
            if isinstance(i, ast.Constant)
        )
    if name in ("list", "Sequence", "set"):
        element = _type(items[0]) or "unknown"
        is_simple = " " not in element
        return f"readonly {element}[]" if is_simple else f"readonly ({element})[]"
    if name == "tuple":
        if len(items) == 2 and isinstance(items[1], ast.Constant) and items[1].value is ...:
            return f"readonly ({_type(items[0]) or 'unknown'})[]"
        return f"readonly [{', '.join(_type(i) or 'null' for i in items)}]"
    if name == "dict":
        return f"Readonly<Record<string, {_type(items[1]) or 'unknown'}>>"
    return ""


def _interface(node: ast.ClassDef, base: str) -> str:
    lines = [f"/** {(ast.get_docstring(node) or node.name).splitlines()[0]} */"]
    lines.append(f"export interface {node.name}Props extends {base} {{")
    for field in _fields(node):
        if field.name in _SHARED:
            continue
        kind = _type(ast.parse(field.annotation, mode="eval").body) or "unknown"
        if field.doc:
            lines.append(f"  /** {' '.join(field.doc.split())} */")
        lines.append(f"  {field.name}?: {kind};")
    lines.append("}")
    return "\n".join(lines)


def prop_types() -> dict[Path, str]:
    """The text of every `<folder>/<folder>.gen.ts`, by path."""
    made: dict[Path, str] = {}
    for folder in sorted((_PACKAGE / "components").iterdir()):
        tag = folder.name.replace("_", "")
        interfaces: list[str] = []
        bases: set[str] = set()
        for path in sorted(folder.glob("*.py")):
            if path.name in ("__init__.py", "demo.py"):
                continue
            for node in ast.parse(path.read_text()).body:
                if not isinstance(node, ast.ClassDef) or not _declares(node, tag):
                    continue
                first = ast.unparse(node.bases[0]) if node.bases else ""
                base = "BlockProps" if first == "Container" else "ComponentProps"
                bases.add(base)
                interfaces.append(_interface(node, base))
        if not interfaces:
            continue
        head = (
            f"// Generated by `make codegen` from {folder.name}'s Python half; do not edit.\n\n"
            f'import type {{ {", ".join(sorted(bases))} }} from "$ui/contract";\n\n'
        )
        made[folder / f"{folder.name.strip('_')}.gen.ts"] = head + "\n\n".join(interfaces) + "\n"
    return made


def _declares(node: ast.ClassDef, tag: str) -> bool:
    return any(
        k.arg == "tag" and isinstance(k.value, ast.Constant) and k.value.value == tag
        for k in node.keywords
    )
