import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { ROLES, readConfig } from "../../config.ts"

const SET = { TABARD_LOG_STORE: "s3://records/tabard/eu", TABARD_LOG_S3_REGION: "eu-central-1" }

describe("where the log is kept", () => {
  it("is the data directory where nobody says otherwise", () => {
    assert.equal(placeOf({}), null)
  })

  it("is a bucket, with a region, and AWS's own address by default", () => {
    assert.deepEqual(placeOf(SET), {
      bucket: "records",
      prefix: "tabard/eu",
      region: "eu-central-1",
      endpoint: null,
      pathStyle: false,
      encryption: null,
    })
    assert.equal(placeOf({ ...SET, TABARD_LOG_STORE: "s3://records" })?.prefix, "")
  })

  it("is another store that speaks S3, encrypted as the operator says", () => {
    const minio = { TABARD_LOG_S3_ENDPOINT: "https://minio.example:9000", TABARD_LOG_S3_PATH_STYLE: "yes" }
    const place = placeOf({ ...SET, ...minio })
    assert.deepEqual([place?.endpoint, place?.pathStyle], ["https://minio.example:9000", true])
    const encryption = (text: string) => placeOf({ ...SET, TABARD_LOG_S3_ENCRYPTION: text })?.encryption
    assert.deepEqual(encryption("AES256"), { kind: "s3" })
    assert.deepEqual(encryption("aws:kms"), { kind: "kms", key: null })
    assert.deepEqual(encryption("aws:kms=alias/tabard"), { kind: "kms", key: "alias/tabard" })
  })

  it("is refused where it is set by half", () => {
    assert.throws(() => placeOf({ TABARD_LOG_STORE: SET.TABARD_LOG_STORE }), /TABARD_LOG_S3_REGION/)
    assert.throws(() => placeOf({ TABARD_LOG_S3_REGION: "eu-west-1" }), /set TABARD_LOG_STORE/)
  })

  for (const [name, value] of [
    ["TABARD_LOG_STORE", "records"],
    ["TABARD_LOG_STORE", "https://records.s3.amazonaws.com"],
    ["TABARD_LOG_STORE", "s3://Records"],
    ["TABARD_LOG_STORE", "s3://records/../other"],
    ["TABARD_LOG_STORE", "s3://records//x"],
    ["TABARD_LOG_S3_ENDPOINT", "http://minio.example:9000"],
    ["TABARD_LOG_S3_ENDPOINT", "https://minio.example/path"],
    ["TABARD_LOG_S3_ENDPOINT", "https://name:password@minio.example"],
    ["TABARD_LOG_S3_REGION", "EU Central"],
    ["TABARD_LOG_S3_PATH_STYLE", "true"],
    ["TABARD_LOG_S3_ENCRYPTION", "none"],
  ] as const) {
    it(`is refused where ${name} is ${value}`, () => {
      assert.throws(() => placeOf({ ...SET, [name]: value }), new RegExp(name))
    })
  }
})

function placeOf(env: Readonly<Record<string, string>>) {
  const options = {
    port: 0,
    host: "127.0.0.1",
    data: "/data",
    production: false,
    roles: ROLES,
    scan: { kind: "none" },
    tls: null,
    publicUrl: null,
    proxies: [],
    oracle: false,
  } as const
  return readConfig(options, env, "/").logStore
}
