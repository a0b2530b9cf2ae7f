"""Days and hours."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Dates & time",
    "dates",
    "From a calendar or typed, with time zones; and what happens as time goes by.",
)


@GROUP.card(gr.DateTime)
def date_time():
    start = gr.DateTime(
        "2027-02-28 09:30:00",
        type="datetime",
        timezone="Europe/Berlin",
        label="Start",
        info="Pick it, or type 'now + 3d'.",
    )
    day = gr.DateTime(
        "2027-03-01",
        include_time=False,
        type="string",
        label="Last day",
    )
    told = gr.Textbox(
        "Sunday, 09:30 until 2027-03-01",
        label="Journey",
        interactive=False,
    )

    gr.on(
        [start.change, day.change],
        lambda start, day: f"{start:%A, %H:%M} until {day}",
        [start, day],
        told,
    )


@GROUP.card(gr.DateRange)
def date_range():
    stay = gr.DateRange(
        ("2027-02-26", "2027-03-05"),
        presets=[
            ("March", ("2027-03-01", "2027-03-31")),
            ("Last week", ("now - 7d", "now")),
        ],
        type="datetime",
        label="Stay",
    )
    told = gr.Textbox(
        "7 nights", label="Booking", interactive=False
    )

    stay.change(
        lambda stay: (
            stay and f"{(stay[1] - stay[0]).days} nights"
        ),
        stay,
        told,
    )


@GROUP.card(gr.Time)
def time():
    alarm = gr.Time(
        "07:30",
        step=300,
        min="05:00",
        max="22:00",
        label="Alarm",
        info="Type it, or press an arrow key.",
    )
    told = gr.Textbox(
        "Up at 07:30", label="Morning", interactive=False
    )

    alarm.change(lambda time: f"Up at {time}", alarm, told)


@GROUP.card(gr.Timer)
def timer():
    from datetime import datetime

    clock = gr.Textbox(label="Time of the server")
    runs = gr.Switch(True, label="Goes on")
    timer = gr.Timer(1)

    timer.tick(
        lambda: f"{datetime.now():%H:%M:%S}",
        None,
        clock,
        show_progress="hidden",
    )
    runs.input(lambda on: gr.Timer(active=on), runs, timer)
