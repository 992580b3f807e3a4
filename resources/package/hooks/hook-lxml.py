"""What of lxml goes into the bundle: the parser that sacrebleu and openpyxl import."""

hiddenimports = ["lxml._elementpath"]
