import bisect

import limelight as gr

WORDS = sorted(f"{word} {number:05}" for word in ("ash", "elm", "oak") for number in range(100_000))


def find(query, limit):
    """The words that begin with the query, of a list that is sorted."""
    start = bisect.bisect_left(WORDS, query.lower())
    found = []
    for word in WORDS[start : start + limit]:
        if not word.startswith(query.lower()):
            break
        found.append(word)
    return found


with gr.Blocks() as demo:
    tree = gr.Dropdown(find, label="Tree", info="One of 300,000.")
    chosen = gr.Textbox(label="Chosen")
    tree.input(lambda name: f"You chose {name}", tree, chosen)

if __name__ == "__main__":
    demo.launch()
