import pytest

from twin_tui.text.word_count import word_count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("two words", 2),
        ("it's well-known, e.g. 1,250.50 €", 4),
        ("# Plan\n\n---\n\n- [ ] call *Ana*", 3),
        ("| a | b |\n|---|---:|\n| 1 | 2 |", 4),
        ("Straße für Öl", 3),
        ("مرحباً بالعالم", 2),
        ("שלום לכולם", 2),
        ("नमस्ते दुनिया", 2),
        ("日本語", 3),
        ("見積書 A4 で 2 部", 7),
        ("👩‍💻 🙏", 0),
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int):
    assert word_count(text) == words
