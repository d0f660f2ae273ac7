/** Authorization details that a person agreed to: https://www.rfc-editor.org/rfc/rfc9396#section-6 */
import { askedDetails, askedDetailsOf } from "../asked-details.ts"
import { errors, type KoaContextWithOIDC } from "../oidc-provider.ts"
import { type AskedDetails, TASK_DETAIL } from "../task-details.ts"

/**
 * Answers what a token is asked for, within what the code or the refresh token stands for: what was agreed to under one
 * task is worth nothing under another, nor without one.
 */
export function agreedDetails(ctx: KoaContextWithOIDC): AskedDetails {
  const asked = askedDetails(ctx)
  const { AuthorizationCode: code, RefreshToken: refresh } = ctx.oidc.entities
  const agreed = (code ?? refresh)?.rar
  if (agreed === undefined) return asked
  const { task } = askedDetailsOf(JSON.stringify(agreed))
  if (asked.task !== null && asked.task !== task)
    throw new errors.InvalidAuthorizationDetails("another task than the one that was agreed to")
  return { ...asked, task }
}

/** Writes the details as the library keeps and answers them; a list without any is none. */
export function writtenDetails({
  task,
}: Pick<AskedDetails, "task">): { readonly type: string; readonly task: string }[] | undefined {
  return task === null ? undefined : [{ type: TASK_DETAIL, task }]
}
