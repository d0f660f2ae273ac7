import type { EffectClass } from "@tabard/core"

/** Words in a tool's name that tell of an effect. A name may tell of several. */
export const NAME_WORDS: Readonly<Record<EffectClass, readonly string[]>> = {
  read: "get list search read query describe find fetch show count view lookup".split(" "),
  write:
    "create update write set add edit post put patch upload insert append rename move assign comment merge apply".split(
      " ",
    ),
  delete: "delete remove drop purge truncate revoke destroy archive cancel uninstall kill".split(" "),
  execute: "run exec execute invoke eval call trigger shell bash terminal start deploy".split(" "),
  financial:
    "pay charge refund transfer invoice order buy sell trade payout subscription swap money payment".split(
      " ",
    ),
  infrastructure: "provision scale restart terminate rollout migrate dns iam cluster instance bucket".split(
    " ",
  ),
  egress: "send reply message email sms notify publish tweet call share forward".split(" "),
}

/** Names of arguments that tell of an effect, whatever the tool is called. */
export const ARGUMENT_WORDS: Readonly<Partial<Record<EffectClass, readonly string[]>>> = {
  execute: "command cmd code script sql expression".split(" "),
  financial: "amount price currency iban".split(" "),
  egress: "to recipient recipients cc bcc url uri webhook email channel".split(" "),
}
