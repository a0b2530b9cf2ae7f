import limelight as gr

ratings = [5, 4]


def count(stars):
    if stars is None:
        return gr.skip()
    ratings.append(stars)
    return round(sum(ratings) / len(ratings), 1)


with gr.Blocks() as demo:
    taste = gr.Rating(label="How was the soup?", info="Half stars are fine.", allow_half=True)
    average = gr.Rating(4.5, label="What all say", interactive=False)
    taste.input(count, taste, average)

if __name__ == "__main__":
    demo.launch()
