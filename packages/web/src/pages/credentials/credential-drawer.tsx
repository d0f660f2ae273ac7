import type { CredentialView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Copyable } from "../../components/copyable.tsx"
import { Drawer, DrawerFact, DrawerPart } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useCredential } from "../../data/seen-query.ts"
import { credentialWords } from "../../words/access-words.ts"
import { count } from "../../words/count.ts"
import { shortId } from "../../words/ids.ts"
import { FindingsAbout, SeenAt, UsedBy } from "../seen/seen-parts.tsx"
import type { CredentialsSearch } from "./credentials-search.ts"
import { StoredMark } from "./stored-mark.tsx"

/** One credential beside the list: what is known of it, and never what it is. */
export function CredentialDrawer(props: {
  id: string
  search: CredentialsSearch
  onClose: () => void
}): ReactNode {
  return (
    <Drawer kind="Credential" onClose={props.onClose}>
      <Loaded
        reading={readingOf(useCredential(props.id))}
        what="The credential"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(credential) => <Story credential={credential} search={props.search} />}
      </Loaded>
    </Drawer>
  )
}

function Story({ credential, search }: { credential: CredentialView; search: CredentialsSearch }): ReactNode {
  return (
    <div className="space-y-5">
      <Head credential={credential} />
      <dl>
        <DrawerFact name="Provider">
          {credential.provider === null ? (
            "not known"
          ) : (
            <Link
              to="/credentials"
              search={{ provider: credential.provider }}
              className="text-accent hover:underline"
            >
              <Said text={credential.provider} />
            </Link>
          )}
        </DrawerFact>
        {credential.replacement && (
          <DrawerFact name="Replace it by">
            <Said text={credential.replacement.words} />
          </DrawerFact>
        )}
        <DrawerFact name="First seen">
          <Moment at={credential.firstSeen} />
        </DrawerFact>
        <DrawerFact name="Last seen">
          <Moment at={credential.lastSeen} />
        </DrawerFact>
        <DrawerFact name="Fingerprint">
          {credential.fingerprint === null ? (
            <span className="text-faint">none: its bytes were not seen</span>
          ) : (
            <Copyable
              text={credential.fingerprint}
              shown={`${credential.fingerprint.slice(0, 20)}…`}
              what="the fingerprint"
            />
          )}
        </DrawerFact>
      </dl>
      <UsedBy thing={credential} />
      <Elsewhere credential={credential} search={search} />
      <SeenAt seen={credential.seen} />
      <FindingsAbout subject={credential.id} />
    </div>
  )
}

function Head({ credential }: { credential: CredentialView }): ReactNode {
  return (
    <header className="space-y-1">
      <h2 className="text-lead font-semibold text-pretty wrap-anywhere">
        <Said text={credentialWords(credential)} />
      </h2>
      <p className="flex">
        <StoredMark storedAs={credential.storedAs} />
      </p>
      {credential.vanishedAt !== null && (
        <p className="text-soft">
          Not there any more since <Moment at={credential.vanishedAt} />. Whether it still opens anything is
          not known.
        </p>
      )}
    </header>
  )
}

function Elsewhere(props: { credential: CredentialView; search: CredentialsSearch }): ReactNode {
  const { sameAs } = props.credential
  if (sameAs.length === 0) return null
  return (
    <DrawerPart title={`The same as ${count(sameAs.length, "credential")} elsewhere`}>
      <ul>
        {sameAs.map((id) => (
          <li key={id}>
            <Link
              to="/credentials"
              search={{ ...props.search, credential: id }}
              replace
              className="font-mono text-small text-accent hover:underline"
            >
              {shortId(id)}
            </Link>
          </li>
        ))}
      </ul>
    </DrawerPart>
  )
}
