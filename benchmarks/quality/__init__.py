"""A report on the quality of translations: ``python -m benchmarks.quality SETS``, ``make quality``.

Every set is translated by the program's own translator and scored by sacrebleu. Translations and
scores are kept in the folder ``quality`` of the user's cache under a hash of all they depend on
(model, sentences, options of the search, the code that translates), so that a second report of the
same comes at once; that folder can be deleted at any time. Scoring ten thousand sentences against
a previous model takes about one gigabyte of memory.

``report.html`` is one file without scripts, to be looked at; it has sentences of the sets in it.
``results.json`` beside it has the figures alone, to be compared with later ones.
"""
