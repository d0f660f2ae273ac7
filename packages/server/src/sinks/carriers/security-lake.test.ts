import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { lakeObjects } from "./security-lake.ts"
import { item } from "./testing/carried.ts"

const SETTINGS = {
  bucket: "lake",
  prefix: "",
  region: "eu-central-1",
  pathStyle: true,
  account: "123456789012",
  sourceName: "tabard",
  everyMinutes: 5,
}

describe("the layout of Security Lake", () => {
  it("has a source for each class, a folder for each day, and names objects by their places", () => {
    const [late, early] = [new Date("2026-11-01T23:59:59.999Z"), new Date("2026-11-02T00:00:00.000Z")]
    const items = [
      item(3, { at: late, body: { class_uid: 6003, time: 3 } }),
      item(4, { at: late, body: { class_uid: 3004, time: 4 } }),
      item(5, { at: early, body: { class_uid: 6003, time: 5 } }),
      item(6, { at: early, body: { class_uid: 6003, time: 6 } }),
    ]
    assert.deepEqual(
      lakeObjects(items, SETTINGS).map(({ key, rows }) => [key.slice(0, key.lastIndexOf("-")), rows.length]),
      [
        [`${folder("tabard-6003", "20261101")}/0000000000000003-0000000000000003`, 1],
        [`${folder("tabard-3004", "20261101")}/0000000000000004-0000000000000004`, 1],
        [`${folder("tabard-6003", "20261102")}/0000000000000005-0000000000000006`, 2],
      ],
    )
  })

  it("is the same for the same portion, and has the rows in the order of their time", () => {
    const at = (second: number): Date => new Date(Date.UTC(2026, 10, 1, 0, 0, second))
    const items = [9, 2, 5].map((second, place) =>
      item(place, { at: at(second), body: { class_uid: 6003, time: second } }),
    )
    const [one] = lakeObjects(items, SETTINGS)
    assert.deepEqual(
      one?.rows.map(({ time }) => time),
      [2, 5, 9],
    )
    assert.deepEqual(lakeObjects(items, SETTINGS), lakeObjects(items.toReversed(), SETTINGS))
  })

  it("lies under a prefix where there is one", () => {
    const [one] = lakeObjects([item(1)], { ...SETTINGS, prefix: "security/lake/" })
    assert.match(one?.key ?? "", /^security\/lake\/ext\/tabard\/region=/)
  })

  it("has columns of its own for what is no OCSF", () => {
    const [one] = lakeObjects([item(7)], SETTINGS)
    assert.deepEqual(one?.rows, [
      {
        key: "acme/7",
        place: 7,
        type: "agent.adopted",
        time: Date.parse("2026-11-01T11:00:07.000Z"),
        body: '{"v":1,"type":"agent.adopted","place":7}',
      },
    ])
  })

  it("puts nothing in the place of an object that holds something else between the same places", () => {
    const [one, two, three] = [item(1), item(2), item(3)]
    const checkpoint = item(3, { key: "checkpoint/acme/4", type: "log.checkpoint" })
    const test = item(3, { key: "test/1", type: "sink.tested" })
    const portions = [
      [one, two, three],
      [one, three],
      [one, two, three, checkpoint],
      [three],
      [checkpoint],
      [test],
    ]
    const keys = portions.flatMap((items) => lakeObjects(items, SETTINGS).map(({ key }) => key))
    assert.equal(new Set(keys).size, portions.length)
    for (const key of keys) assert.match(key, /\/\d{16}-\d{16}-[0-9a-f]{12}\.parquet$/)
  })
})

function folder(source: string, day: string): string {
  return `ext/${source}/region=eu-central-1/accountId=123456789012/eventDay=${day}`
}
