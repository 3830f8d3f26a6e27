"""Comparing models, as a report people look at: figures, plots, gallery, page.

    contenders = [contender(model) for model in list_classifiers()]
    data = read_labelled_images(folder)
    comparison = compare(contenders, data)
    write_report(comparison, data, out)

Figures need the base install alone; `plots` needs matplotlib and `page` jinja2 (the train extra).
"""
