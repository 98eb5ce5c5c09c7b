"""How many words a text has, in every script."""

import re

_CJK = re.compile("[\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]\S*")


def word_count(text: str) -> int:
    r"""Return the number of words.

    A word is a run without blanks that holds a letter or a digit, so rules and bullets of Markdown count
    nothing. Japanese and Chinese are written without blanks: each of their characters counts one, as word
    processors do.

    >>> word_count("# Plan B\n\n- call *Ana* — today!"), word_count("日本語 and 3 more")
    (5, 6)
    >>> word_count("नमस्ते दुनिया")
    2
    """
    if text.isascii():
        return len(_WORD.findall(text))
    cjk = len(_CJK.findall(text))
    return cjk + len(_WORD.findall(_CJK.sub(" ", text) if cjk else text))
