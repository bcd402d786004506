import type { Phrases } from "./words.ts";

export const JA: Phrases = {
  tag: "ja",
  token: "コード:",
  INVITATION: ({ organization, person, by }) => ({
    subject: `${by}さんから${organization}への招待が届いています`,
    before: [`${person} 様`, `${by}さんがあなたを${organization}に招待しました。`],
    action: "招待を承諾する",
    after: [
      "この招待の有効期間は7日間で、承諾できるのは一度だけです。",
      "お心当たりがない場合は、このメールを無視してください。あなたの操作なしに何かが行われることはありません。",
    ],
  }),
  ADDRESS_CONFIRMATION: ({ organization, person }) => ({
    subject: `${organization}で使うメールアドレスの確認`,
    before: [
      `${person} 様`,
      `${organization}で、このメールアドレスへの変更が申し込まれました。サインインした状態で確認してください。確認が済むまでは、これまでのアドレスのままです。`,
    ],
    action: "アドレスを確認する",
    after: [
      "この確認の有効期間は1日です。",
      "お申し込みに覚えがない場合は、このメールを無視してください。何も変更されません。",
    ],
  }),
  ADDRESS_CHANGED: ({ organization, person, by }) => ({
    subject: `${organization}のメールアドレスが変更されました`,
    before: [
      `${person} 様`,
      `${organization}のあなたのアカウントのメールアドレスが、${by}さんによって変更されました。このアドレスへのお知らせはこれが最後で、今後このアドレスでは利用できません。`,
    ],
    action: null,
    after: ["お心当たりがない場合は、すぐに管理者へご連絡ください。"],
  }),
};
