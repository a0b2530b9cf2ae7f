"""What Limelight costs beside its peers: `python -m bench`. That it works is for the tests."""
