import type { SeenCredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"
import { credentialWords, STORAGE_WORDS } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"

const FINGERPRINT_SHOWN = 8

/** The credentials that an agent was seen to hold: kind, storage, fingerprint and place, never the bytes. */
export function SeenCredentials({ credentials }: { credentials: readonly SeenCredentialView[] }): ReactNode {
  return (
    <ul>
      {credentials.map((credential) => (
        <li key={credential.id} className="border-b px-3 py-2 last:border-b-0">
          <div className="flex flex-wrap items-center justify-between gap-x-3">
            <span className="flex min-w-0 items-baseline gap-2">
              <Icon name="key" className="size-3.5 translate-y-0.5 text-faint" />
              <span className="truncate font-medium">
                <Said text={credentialWords(credential)} />
              </span>
            </span>
            <Storage credential={credential} />
          </div>
          <p className="mt-0.5 pl-5.5 text-small text-faint">
            {credential.fingerprint ? (
              <>
                fingerprint{" "}
                <code className="font-mono" title={credential.fingerprint}>
                  {credential.fingerprint.slice(0, FINGERPRINT_SHOWN)}
                </code>
              </>
            ) : (
              "no fingerprint"
            )}
          </p>
          <Places locations={credential.locations} />
        </li>
      ))}
    </ul>
  )
}

function Places({ locations }: { locations: readonly string[] }): ReactNode {
  const [first, ...others] = locations
  if (first === undefined) return null
  return (
    <div className="mt-0.5 pl-5.5">
      <Place path={first} />
      {others.length > 0 && (
        <details className="group">
          <summary className="flex w-fit items-center gap-1 text-small text-soft hover:text-ink">
            <Icon name="right" className="size-3 transition-transform duration-100 group-open:rotate-90" />
            and {count(others.length, "other place")}
          </summary>
          {others.map((path) => (
            <Place key={path} path={path} />
          ))}
        </details>
      )}
    </div>
  )
}

function Place({ path }: { path: string }): ReactNode {
  return (
    <p className="font-mono text-small wrap-anywhere text-soft">
      <Said text={path} />
    </p>
  )
}

function Storage({ credential: { storedAs } }: { credential: SeenCredentialView }): ReactNode {
  if (storedAs === "plaintext")
    return (
      <Mark icon="warning" tone="high">
        {STORAGE_WORDS.plaintext}
      </Mark>
    )
  return <span className="text-soft">{STORAGE_WORDS[storedAs]}</span>
}
