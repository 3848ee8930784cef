"""How the window looks: the only place that names a colour or a size.

``tokens`` holds every colour and measure, ``style`` turns them into Qt's style sheet and palette,
``icons`` draws the shipped icons in a token's colour. Start at ``tokens``.
"""
