import limelight as gr

rows = [["Ada", 36], ["Grace", 85], ["Emmy", 53]]


def greet(row):
    name, age = row
    return f"{name} lived {age} years."


with gr.Blocks() as demo:
    people = gr.Dataset(
        components=["textbox", "number"], headers=["Name", "Years"], samples=rows, label="People"
    )
    words = gr.Dataset(components=["textbox"], samples=[["red"], ["green"]], label="Colours")
    answer = gr.Textbox(label="Answer")
    people.click(greet, people, answer)
    words.click(lambda row: row[0], words, answer)

if __name__ == "__main__":
    demo.launch()
