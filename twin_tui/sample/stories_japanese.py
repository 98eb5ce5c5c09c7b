"""Stories told in Japanese: an estimate, a meeting, an outage."""

from twin_tui.sample.grammar import Facts, Pick
from twin_tui.sample.script_format import story


def _estimate(pick: Pick, facts: Facts) -> None:
    count, price = pick.num(10, 240, 5), pick.num(4, 98) * 500
    facts |= {
        "item": pick.one(("測定器", "搬送台", "検査カメラ", "温度センサー")), "count": str(count),
        "price": f"{price:,}",
        "total": f"{count * price:,}", "discount": str(pick.one((3, 5, 8))), "weeks": str(pick.num(3, 12)),
        "subject": "お見積もり",
    }  # fmt: skip
    facts["subject"] = f"{facts['customer']}様のお見積もり"


def _meeting(pick: Pick, facts: Facts) -> None:
    facts |= {
        "agenda": pick.one(("来期の予算", "在宅勤務の規則", "展示会の準備", "問い合わせの当番",
            "倉庫の移転")),
        "people": str(pick.num(4, 12)), "points": str(pick.num(2, 5)), "subject": "会議",
        "homework": pick.one(("費用の確認", "法務への相談", "取引先への連絡", "図面の修正")),
    }  # fmt: skip
    facts["subject"] = f"「{facts['agenda']}」の会議"


def _trouble(pick: Pick, facts: Facts) -> None:
    facts |= {
        "number": str(pick.num(3_100, 9_900)), "minutes": str(pick.num(5, 80)), "subject": "障害対応",
        "symptom": pick.one(("注文画面が開かない", "請求書の文字が化ける", "通知が二重に届く",
            "検索結果が古い")),
        "cause": pick.one(("証明書の期限切れ", "文字コードの設定", "夜間処理の重複", "キャッシュの消し忘れ")),
    }  # fmt: skip
    facts["subject"] = f"障害 #{facts['number']}"


STORIES = (
    story(
        "ja-estimate",
        "ja",
        "Sales, Finance, Operations, Marketing",
        _estimate,
        """
@title
‹customer›様 見積もり
‹item› ‹count›台の件
@topic
見積もり
営業
@open
> ‹customer›様から‹item›を‹count›台、値引き‹discount›％の相談です。いくらになりますか？
< 単価‹price›円 × ‹count›台で、合計‹total›円です。‹discount›％は課長決裁の範囲ですが、納期‹weeks›週間の\
ほうが先方の関心事だと思います。
@open email_search
> ‹customer›様に前回いくらで出しましたか？
< ‹hits›件のメールがありました。‹past›に‹item›を‹count›台、‹total›円です。担当は‹peer›でした。
? ‹customer› ‹item› 見積書
? ‹contact› ‹item› 単価
@open proposal
> ‹customer›様向けに‹item›‹count›台の見積書を作ってください。
< 作成しました。合計‹total›円、有効期限は‹date›です。
= 御見積書 ‹customer›様
~
# 御見積書

‹customer› 御中

| 品名 | 数量 | 単価 | 金額 |
|---|---:|---:|---:|
| ‹item› | ‹count› | ‹price›円 | ‹total›円 |

- 納期：ご注文から‹weeks›週間
- 有効期限：‹date›
- お支払い：月末締め翌月末払い

ご不明な点がございましたら、‹family›までお気軽にご連絡ください。
@open document_search summary
> ‹customer›様の過去の取引を探して、まとめてもらえますか？
< ‹hits›件の資料を半ページにまとめました。
? ‹customer› 取引履歴
= ‹customer›様 取引のまとめ
~
- 直近：‹item› ‹count›台、‹total›円（‹past›）
- 値引きは最大‹discount›％
- 納期の遅れが一度あり、‹peer›が訪問してお詫び済み
- 次回の相談：‹next_month›、‹city›の工場
@more
> 値引きはどこまで可能ですか？
< ‹discount›％までは現場で決められます。それ以上は‹other›の承認が必要です。
@more
> 納期を一週間短くできますか？
< 分納なら可能です。半分を先に、残りを‹weeks›週間後に出荷できます。
@more document_search
> ‹item›の仕様書は最新ですか？
< ‹hits›件のうち、最新は‹past›版です。三ページの図が古いままでした。
? ‹item› 仕様書 最新版
@more email
> ‹contact›様へのメールをお願いします。
< 下書きを用意しました。
= ‹item›のお見積もりについて
~
‹contact› 様

いつもお世話になっております。‹family›です。

ご依頼の‹item›‹count›台につきまして、合計‹total›円でお見積もりいたしました。納期は‹weeks›週間ですが、**\
半数を先にお届けすることも可能です**。

‹weekday›の‹hour›ごろ、お電話してもよろしいでしょうか。

何卒よろしくお願いいたします。
@thanks
‹contact›様から「早いですね」と言われました😊
""",
    ),
    story(
        "ja-meeting",
        "ja",
        "Operations, People, Legal, Product, Finance",
        _meeting,
        """
@title
議事録：‹agenda›
「‹agenda›」で決まったこと
@topic
会議
議事録
@open
> 「‹agenda›」の会議、‹people›人で一時間話しました。結局、何が決まったのでしょうか？
< 決まったのは‹points›件だけです。まず小さく試すこと、そして‹homework›は‹peer›が担当すること。期限は誰も\
言っていません。
@open document_search
> 「‹agenda›」について、前回の結論を教えてください。
< ‹hits›件の議事録があります。結論は「試してから決める」、‹homework›は‹other›の担当でした。まだ終わって\
いないようです。
? 議事録 ‹agenda›
? ‹agenda› 決定事項
@more
> ‹other›は反対でしたか？
< 反対ではなく、時期を心配していました。「‹next_month›は忙しい」とのことです。
@more
> ‹homework›はいつまでに必要ですか？
< ‹date›の会議で使うので、‹weekday›には欲しいですね。
@more email_search
> ‹peer›から返事は来ていますか？
< ‹hits›件のうち一件、‹past›に「確認します」とだけ来ています。
? ‹peer› ‹homework› 返信
@more summary
> 議事録を一枚にまとめてください。
< 決定事項を上に置きました。
= 議事録：‹agenda›
~
# ‹agenda›

**決定事項**
1. まず小さく試す（‹date›まで）
2. ‹homework›は‹peer›が担当

**未決**
- 費用の負担
- ‹city›の事務所も対象にするか

| 担当 | 内容 | 期限 |
|---|---|---|
| ‹peer› | ‹homework› | ‹weekday› |
| ‹other› | 日程調整 | ‹date› |

参加者‹people›名、次回は‹weekday› ‹hour›から。
@fix
> 「未決」を先に書いてください。
< 順番を入れ替えました。
""",
    ),
    story(
        "ja-trouble",
        "ja",
        "Engineering, Support, Data, Customer Success",
        _trouble,
        """
@title
#‹number› ‹symptom›
障害報告 ‹number›
@topic
障害対応
サポート
@open
> ‹symptom›という連絡が続いています（#‹number›）。考えられる原因は？
< 一番ありそうなのは‹cause›です。‹minutes›分前から増えているので、直前の変更を確認してください。
```console
$ git log --since='2 hours ago' --oneline
$ journalctl -u web --since '-‹minutes›min' | grep -c ERROR
```
@open document_search
> 「‹symptom›」は以前にもありましたか？
< ‹hits›件の記録があります。‹past›の原因は‹cause›で、復旧まで‹minutes›分かかりました。
? 障害 "‹symptom›"
? #‹number›
@more
> お客様への影響は？
< ‹minutes›分のあいだ、‹customer›様を含む数社です。データの欠落はありません。
@more
> 再発防止はどう書けばいいですか？
< 「‹cause›を毎週自動で確認する」と、担当者の名前を書きましょう。気をつける、では防げません。
@more general
> ‹cause›を監視する一般的な方法は？
< ‹hits›件の資料では、期限の30日前に通知するのが標準です。
? ‹cause› 監視 方法
@more report
> 障害報告書をお願いします。
< 時系列、原因、対策の順に書きました。
= 障害報告書 #‹number›
~
# 障害報告書 #‹number›

**概要** ‹symptom›（‹minutes›分間）

## 時系列
- 発生：監視より先に、お客様からの電話で判明
- ＋10分：‹peer›が対応開始
- ＋‹minutes›分：復旧

## 原因
‹cause›

## 対策
1. 自動確認を追加（‹other›、‹date›）
2. 連絡網の見直し
""",
    ),
)
