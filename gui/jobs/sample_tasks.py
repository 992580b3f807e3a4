"""The pairs that come with the program."""

from __future__ import annotations

from core.paths import resources_folder
from gui.i18n import tr
from gui.viewmodels.class_plan import SampleTask


def sample_pairs() -> tuple[SampleTask, ...]:
    """The translations and the tasks that are there."""
    from core.text.parts import TEXT_PARTS
    from core.training.samples.tasks import SAMPLE_TASKS

    units = {part.name for part in TEXT_PARTS}

    tea = resources_folder() / "samples" / "sample-zh-en.tsv"
    known = (
        SampleTask(tea, ("zh", "en"), tr("Tea house")),
        *(
            SampleTask(
                task.training_file,
                task.languages,
                task.title,
                task.about,
                tuple((name, value) for name, value in task.options.items() if name in units),
                tuple(task.options.items()),
            )
            for task in SAMPLE_TASKS
        ),
    )
    return tuple(sample for sample in known if sample.file.is_file())
