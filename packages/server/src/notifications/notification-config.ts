import { resolve } from "node:path"
import { Secret } from "@tabard/core"
import { z } from "zod"
import { isNetwork } from "./guard-address.ts"

/** The mail server by which people are told, and whom mail is from. */
export interface MailConfig {
  readonly url:
    | { readonly kind: "value"; readonly value: Secret }
    | { readonly kind: "file"; readonly path: string }
  readonly from: string
}

/** What the environment may say of how people are told. */
export interface NotificationEnvironment {
  readonly TABARD_SMTP_URL?: string | undefined
  readonly TABARD_SMTP_URL_FILE?: string | undefined
  readonly TABARD_MAIL_FROM?: string | undefined
  readonly TABARD_CHANNEL_NETWORKS?: string | undefined
}

/** One address, or a name and an address in angles: nothing that could end a header or name a second one. */
const FROM =
  /^(?:[^\p{C}<>@,;:"()[\]\\]{1,80} <[^\s\p{C}<>@,;:"()[\]\\]+@[^\s\p{C}<>@,;:"()[\]\\]+>|[^\s\p{C}<>@,;:"()[\]\\]+@[^\s\p{C}<>@,;:"()[\]\\]+)$/u

/** How networks are spelt. */
export const NETWORKS: z.ZodType<string | undefined> = z
  .string()
  .max(2000)
  .refine(
    (text) => networksIn(text).every(isNetwork),
    "addresses or networks such as 10.1.0.0/16, with commas between",
  )
  .optional()

/** How each of those is spelt. */
export const NOTIFICATION_ENVIRONMENT: {
  readonly [Name in keyof Required<NotificationEnvironment>]: z.ZodType<string | undefined>
} = {
  TABARD_SMTP_URL: z
    .string()
    .max(2000)
    .regex(/^smtps?:\/\//, "an smtp:// or smtps:// address")
    .optional(),
  TABARD_SMTP_URL_FILE: z.string().min(1).optional(),
  TABARD_MAIL_FROM: z.string().max(300).regex(FROM, "one address, or Name <address>").optional(),
  TABARD_CHANNEL_NETWORKS: NETWORKS,
}

/** Half a mail server is none: whoever set part of it meant all. */
export function missingOfMail(env: NotificationEnvironment): readonly string[] {
  const servers = [env.TABARD_SMTP_URL, env.TABARD_SMTP_URL_FILE].filter(Boolean)
  if (servers.length === 0 && !env.TABARD_MAIL_FROM) return []
  if (servers.length === 1 && env.TABARD_MAIL_FROM) return []
  return ["set TABARD_MAIL_FROM and one of TABARD_SMTP_URL_FILE and TABARD_SMTP_URL, or none of them"]
}

/** Answers the mail server that the environment names, or null. */
export function mailIn(env: NotificationEnvironment, cwd: string): MailConfig | null {
  const { TABARD_MAIL_FROM: from, TABARD_SMTP_URL: url, TABARD_SMTP_URL_FILE: file } = env
  if (!from) return null
  if (url) return { url: { kind: "value", value: new Secret(url) }, from }
  return { url: { kind: "file", path: resolve(cwd, file ?? "") }, from }
}

/** Answers the networks that are listed. */
export function networksIn(text: string | undefined): readonly string[] {
  return (text ?? "").split(",").flatMap((network) => network.trim() || [])
}
