"""What people and twins say in Japanese whatever the matter is."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _nothing(_pick: Pick, _facts: Facts) -> None:
    """Phrases have no facts of their own."""


PHRASES = (
    story(
        "phrases",
        "ja",
        "",
        _nothing,
        """
@greeting
おはようございます。
お疲れさまです。
こんにちは、
@aside
(電車の中なので、短くお願いします)
‹peer›にも分かるように書いてください。
急ぎません。‹weekday›までで大丈夫です。
@extra
補足です。‹other›が‹past›に残したコメントに、まだ誰も返信していません。
念のため：資料の日付は‹date›になっています。
@thanks
ありがとうございます、‹助かりました¦完璧です›！
了解です。‹peer›に送ります🙏
承知しました。‹weekday›に‹other›と相談します。
さすがです✨
@lead
なるほど。
‹分かりました。¦了解です。›
もう一点、
@done
「‹title›」を作成しました（‹words›字）。
下書きができました：「‹title›」。お名前をご確認ください。
@bye
どういたしまして。「‹subject›」は引き続き確認します。
かしこまりました。‹other›から返事があれば、ここでお知らせします。
@none
「‹query›」は見つかりませんでした。‹別の名前で保存されていませんか？¦メールにも共有フォルダにもありません。›
検索結果は0件でした（「‹query›」）。近いのは‹other›の‹past›のメモですが、別の話のようです。
@retry
‹peer›のフォルダを見てください。
すみません、打ち間違えました。もう一度お願いします。
‹last_month›より前だと思います。アーカイブも探してください。
@giveup
そうですか。‹other›に聞いてみます。
不思議ですね。手で探します。
@later
会議から戻りました。
お待たせしました。
@overnight
おはようございます。昨日の続きです。
一晩考えました。
@switch
別件ですが、
話は変わりますが、
@emoji
🙇‍♀️
😊
🍵
✨
@more
> ほかに知っている人はいますか？
< ‹peer›と‹other›です。最後のメモは‹past›の‹peer›のものです。
@more
> 締め切りはいつですか？
< 資料では‹date›、‹other›の予定表では‹weekday›です。早いほうに合わせましょう。
@more
> 一文でまとめると？
< 「‹subject›：数字は確認済み、‹other›の返事待ち、‹weekday›に決定」です。
@more
> それは確かですか？
< 二つの資料が一致しています。‹past›以降の変更だけは未確認です。
@fix
> もう少し短くしてください。
< 半分にしました。お願いの内容を一行目に移しました。
@fix
> 敬語を少しやわらかくできますか？
< はい、「いただけますでしょうか」を「いただけますか」に直しました。
""",
    ),
)
