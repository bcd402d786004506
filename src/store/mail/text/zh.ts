import type { Phrases } from "./words.ts";

export const ZH: Phrases = {
  tag: "zh-Hans",
  token: "您的验证码:",
  INVITATION: ({ organization, person, by }) => ({
    subject: `${by} 邀请您加入 ${organization}`,
    before: [`${person},您好!`, `${by} 邀请您加入 ${organization}。`],
    action: "接受邀请",
    after: [
      "邀请在七天内有效,只能接受一次。",
      "如果您不清楚这是什么,请忽略此邮件:未经您操作,不会发生任何事情。",
    ],
  }),
  ADDRESS_CONFIRMATION: ({ organization, person }) => ({
    subject: `请确认您在 ${organization} 使用的邮箱地址`,
    before: [
      `${person},您好!`,
      `您申请在 ${organization} 改用此邮箱地址。请在登录状态下进行确认;确认之前,仍使用原来的地址。`,
    ],
    action: "确认地址",
    after: ["确认在一天内有效。", "如果这不是您本人的申请,请忽略此邮件:不会有任何更改。"],
  }),
  ADDRESS_CHANGED: ({ organization, person, by }) => ({
    subject: `您在 ${organization} 的邮箱地址已更改`,
    before: [
      `${person},您好!`,
      `${by} 更改了您在 ${organization} 的账户邮箱地址。这是发往此地址的最后一封通知,此地址不能再用于登录。`,
    ],
    action: null,
    after: ["如果您不知情,请立即告知您的管理员。"],
  }),
};
