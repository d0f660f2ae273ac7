import type { SeenCredentialView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Mark } from "../../components/mark.tsx"
import { Said } from "../../components/said.tsx"

const FINGERPRINT_SHOWN = 8

const STORAGE: Readonly<Record<SeenCredentialView["storedAs"], string>> = {
  plaintext: "in plain text",
  "env-reference": "read from the environment",
  keychain: "in the keychain",
  helper: "given by a helper program",
}

/** The credentials that an agent was seen to hold: kind, storage, fingerprint and place, never the bytes. */
export function SeenCredentials({ credentials }: { credentials: readonly SeenCredentialView[] }): ReactNode {
  return (
    <ul>
      {credentials.map((credential) => (
        <li key={credential.id} className="border-b px-3 py-2 last:border-b-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span className="flex min-w-0 items-baseline gap-2">
              <Icon name="key" className="size-3.5 translate-y-0.5 text-faint" />
              <span className="truncate font-medium">
                <Said text={[credential.provider, credential.kind].filter(Boolean).join(" ")} />
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
          <ul className="mt-0.5 pl-5.5">
            {credential.locations.map((location) => (
              <li key={location} className="font-mono text-small wrap-anywhere text-soft">
                <Said text={location} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function Storage({ credential: { storedAs } }: { credential: SeenCredentialView }): ReactNode {
  if (storedAs === "plaintext")
    return (
      <Mark icon="warning" tone="high">
        {STORAGE.plaintext}
      </Mark>
    )
  return <span className="text-soft">{STORAGE[storedAs]}</span>
}
