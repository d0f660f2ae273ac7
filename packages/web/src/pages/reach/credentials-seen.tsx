import type { CredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { useCredentials } from "../../data/reach-query.ts"
import { credentialWords, STORAGE_WORDS } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import { SeenList } from "./seen-list.tsx"

/** The credentials that agents were seen to hold: kinds, places and fingerprints, never the bytes. */
export function CredentialsSeen(): ReactNode {
  return (
    <SeenList
      list={useCredentials()}
      what="The credentials"
      name="Credentials"
      empty="A credential shows here by its kind, its place and a keyed fingerprint, never by its bytes."
    >
      {(credential) => <Credential credential={credential} />}
    </SeenList>
  )
}

function Credential({ credential }: { credential: CredentialView }): ReactNode {
  const places = credential.seen.flatMap(({ locations }) => locations)
  const [first] = places
  return (
    <span className="min-w-0">
      <span className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium">
          <Said text={credentialWords(credential)} />
        </span>
        {credential.storedAs === "plaintext" ? (
          <Mark icon="warning" tone="high">
            {STORAGE_WORDS.plaintext}
          </Mark>
        ) : (
          <span className="text-soft">{STORAGE_WORDS[credential.storedAs]}</span>
        )}
        {credential.sameAs.length > 0 && (
          <span className="text-small text-high">
            the same as {count(credential.sameAs.length, "credential")} elsewhere
          </span>
        )}
      </span>
      {first && (
        <code className="block truncate font-mono text-small text-faint">
          <Said text={first.line === null ? first.path : `${first.path}:${first.line}`} />
        </code>
      )}
      {places.length > 1 && (
        <span className="block text-small text-faint">and {count(places.length - 1, "other place")}</span>
      )}
    </span>
  )
}
