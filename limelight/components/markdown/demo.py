import limelight as gr

TEXT = """
# Tides

The **moon** pulls the sea twice a day:

| Tide   | Height | After the last |
|--------|-------:|----------------|
| flood  |  2.4 m | 6 h 12 min     |
| ebb    |  0.3 m | 6 h 13 min     |

1. Look at the table.
2. Add the *spring tide*:
   - [x] full moon
   - [ ] new moon

The pull falls with the cube of the distance, $$F = \\frac{2 G m r}{d^3}$$
which is why the sun[^sun] does so little.

```python
def height(hours: float) -> float:
    return 1.35 + 1.05 * cos(2 * pi * hours / 12.42)  # metres
```

> Time and tide wait for no one.

[^sun]: It is 27 million times as heavy as the moon, but 390 times as far.
"""

with gr.Blocks() as demo:
    gr.Markdown(TEXT, header_links=True, buttons=["copy"])

if __name__ == "__main__":
    demo.launch()
