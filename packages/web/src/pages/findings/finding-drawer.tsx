import type { ReactNode } from "react"
import { Drawer } from "../../components/drawer.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { useFinding } from "../../data/findings-query.ts"
import { FindingDetail } from "./finding-detail.tsx"

/** One finding beside its list. */
export function FindingDrawer({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  return (
    <Drawer kind="Finding" onClose={onClose}>
      <Loaded
        reading={readingOf(useFinding(id))}
        what="The finding"
        loading={<SkeletonLines lines={8} />}
        isEmpty={() => false}
        empty={null}
        partial={() => null}
      >
        {(found) => <FindingDetail finding={found} />}
      </Loaded>
    </Drawer>
  )
}
