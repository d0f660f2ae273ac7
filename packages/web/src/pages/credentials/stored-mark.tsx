import type { CredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { STORAGE_WORDS } from "../../words/access-words.ts"

/** Says how a credential is kept; one that lies about in plain text shows as such. */
export function StoredMark({ storedAs }: Pick<CredentialView, "storedAs">): ReactNode {
  if (storedAs !== "plaintext") return <span className="truncate text-soft">{STORAGE_WORDS[storedAs]}</span>
  return (
    <Mark icon="warning" tone="high">
      {STORAGE_WORDS.plaintext}
    </Mark>
  )
}
