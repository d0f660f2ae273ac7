import type { EffectClass } from "@tabard/core"

/** Words in a tool's name that tell of an effect. A name may tell of several, and so may a word. */
export const NAME_WORDS: Readonly<Record<EffectClass, readonly string[]>> = {
  read: words(
    "get list search read query describe find fetch show count view lookup",
    "check inspect compare explain summarize summarise preview analyze analyse browse ping whoami diff grep",
  ),
  write: words(
    "create update write set add edit post put patch upload insert append rename move assign comment merge apply",
    "save replace modify change overwrite register enable disable grant ban unban suspend block unblock mute invite",
    "reset clear submit configure toggle commit push fork duplicate restore approve reject close reopen lock unlock",
  ),
  delete: words(
    "delete remove drop purge truncate revoke destroy archive cancel uninstall kill",
    "wipe erase clear reset overwrite disable ban suspend prune flush trash discard expunge obliterate nuke shred scrub",
    "void unlink evict unpublish unregister deprovision decommission",
  ),
  execute: words(
    "run exec execute invoke eval call trigger shell bash terminal start deploy",
    "evaluate launch spawn powershell sudo ssh cmd stop",
  ),
  financial: words(
    "pay charge refund transfer invoice order buy sell trade payout subscription swap money payment",
    "wire withdraw deposit debit remit reimburse donate purchase bid",
  ),
  infrastructure: words(
    "provision scale restart terminate rollout migrate dns iam cluster instance bucket",
    "reboot shutdown halt drain failover resize deprovision decommission grant firewall",
  ),
  egress: words(
    "send reply message email sms notify publish tweet call share forward",
    "mail broadcast announce invite relay exfiltrate leak",
  ),
}

/** Names of arguments that tell of an effect, whatever the tool is called. */
export const ARGUMENT_WORDS: Readonly<Partial<Record<EffectClass, readonly string[]>>> = {
  execute: words("command cmd code script sql expression"),
  financial: words("amount price currency iban"),
  egress: words("to recipient recipients cc bcc url uri webhook email channel"),
}

function words(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(" "))
}
