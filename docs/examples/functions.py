from collections.abc import Iterator

import limelight as gr


def add(a: int, b: float = 2.0, tags: list[str] | None = None) -> tuple[float, dict[str, int]]:
    """Add two numbers and count the tags."""
    return a + b, {tag: (tags or []).count(tag) for tag in tags or []}


with gr.Blocks() as demo:
    gr.Markdown("Clients only.")
    gr.api(add)

    @gr.api(api_name="countdown")
    def count(start: int) -> Iterator[int]:
        """Count down to zero."""
        yield from range(start, -1, -1)


if __name__ == "__main__":
    demo.launch()
