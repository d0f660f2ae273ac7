import type { PolicyDocumentsView } from "@tabard/api"
import { Link } from "@tanstack/react-router"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Drawer, WithDrawer } from "../../components/drawer.tsx"
import { EmptyFace, SkeletonRows } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Moment } from "../../components/moment.tsx"
import { PersonName } from "../../components/person-name.tsx"
import { rowLook } from "../../components/row-look.ts"
import { useOwnPolicies } from "../../data/own-policies-query.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { setWords } from "./document-words.ts"
import type { PolicyPartProps } from "./policies-page.tsx"
import { PolicyDocument } from "./policy-document.tsx"
import { SetNameDialog } from "./set-name-dialog.tsx"

const ROW = 37

/** The sets of values that manifests name; one of them opens beside the list. */
export function SetsTab({ search, onSearch }: PolicyPartProps): ReactNode {
  const [naming, setNaming] = useState(false)
  const mayWrite = useIsSteward()
  const { set: open } = search
  const make = mayWrite && (
    <Button icon="plus" onClick={() => setNaming(true)}>
      Make a set
    </Button>
  )
  return (
    <WithDrawer drawer={open && <SetDrawer name={open} onClose={() => onSearch({ tab: "sets" })} />}>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-3">
        <p className="max-w-prose text-pretty text-soft">
          Values that manifests name instead of holding them: payees, hosts, folders. Who changes a set
          changes every manifest that names it.
        </p>
        {make}
      </div>
      <Loaded
        reading={readingOf(useOwnPolicies())}
        what="The sets"
        loading={<SkeletonRows rows={4} height={ROW} />}
        isEmpty={(read) => setsOf(read).length === 0}
        empty={
          <EmptyFace title="There are no sets yet" next={make}>
            A manifest names one by inSet, and its values are kept here for all of them.
          </EmptyFace>
        }
        partial={() => null}
      >
        {(read) => <Rows sets={setsOf(read)} open={open} />}
      </Loaded>
      {naming && (
        <SetNameDialog
          onClose={() => setNaming(false)}
          onNamed={(set) => {
            setNaming(false)
            onSearch({ tab: "sets", set })
          }}
        />
      )}
    </WithDrawer>
  )
}

type Documents = PolicyDocumentsView["documents"]

function setsOf({ documents }: PolicyDocumentsView): Documents {
  return documents.filter(({ kind }) => kind === "set")
}

function Rows({ sets, open }: { sets: Documents; open: string | undefined }): ReactNode {
  return (
    <ul aria-label="Sets" className="border-t">
      {sets.map((set) => (
        <li key={set.subject} className="border-b">
          <Link
            to="/policies"
            search={{ tab: "sets", set: set.subject }}
            replace={open !== undefined}
            data-row=""
            className={`flex items-baseline gap-4 px-3 ${rowLook(set.subject === open)}`}
          >
            <code className="min-w-0 flex-1 truncate font-mono">{set.subject}</code>
            <span className="truncate text-small text-faint">
              version {set.version} by <PersonName id={set.author} />, <Moment at={set.at} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function SetDrawer({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const mayWrite = useIsSteward()
  return (
    <Drawer kind="Set" onClose={onClose}>
      <PolicyDocument
        key={name}
        place={{ kind: "set", subject: name }}
        words={setWords(name)}
        mayWrite={mayWrite}
      />
    </Drawer>
  )
}
