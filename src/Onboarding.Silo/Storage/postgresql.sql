-- What silos keep in PostgreSQL: the members of the cluster and the rows of entities. Orleans' ADO.NET providers look up in OrleansQuery, by
-- fixed keys, the statements they run; names of parameters and of result columns are theirs, tables and statements are ours.
-- Each statement is one round trip and one transaction. Running this again replaces the statements and leaves the rows alone.

BEGIN;

CREATE TABLE IF NOT EXISTS onboarding_cluster (
    cluster_id text PRIMARY KEY,
    version    integer NOT NULL
);

CREATE TABLE IF NOT EXISTS onboarding_silo (
    cluster_id  text NOT NULL REFERENCES onboarding_cluster,
    address     text NOT NULL,
    port        integer NOT NULL,
    generation  integer NOT NULL,
    silo_name   text NOT NULL,
    host_name   text NOT NULL,
    status      integer NOT NULL,
    proxy_port  integer NOT NULL,
    suspected   text,
    started_at  timestamptz NOT NULL,
    alive_at    timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

-- A version never returns: a row that was deleted and made anew begins at a random one, so that an owner of the old row cannot write the new one.
CREATE TABLE IF NOT EXISTS onboarding_entity (
    service_id text NOT NULL,
    kind       text NOT NULL,
    key_0      bigint NOT NULL,
    key_1      bigint NOT NULL,
    key_text   text NOT NULL,
    version    integer NOT NULL,
    payload    bytea,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (service_id, kind, key_0, key_1, key_text)
);

CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey  text PRIMARY KEY,
    QueryText text NOT NULL
);

DELETE FROM OrleansQuery;

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES

('InsertMembershipVersionKey', $query$
WITH made AS (
    INSERT INTO onboarding_cluster (cluster_id, version) VALUES (@DeploymentId, 0)
    ON CONFLICT DO NOTHING
    RETURNING 1)
SELECT EXISTS (SELECT FROM made)
$query$),

('InsertMembershipKey', $query$
WITH moved AS (
    UPDATE onboarding_cluster SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM onboarding_silo
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id),
joined AS (
    INSERT INTO onboarding_silo (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, started_at, alive_at)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM moved)
SELECT EXISTS (SELECT FROM moved)
$query$),

('UpdateMembershipKey', $query$
WITH moved AS (
    UPDATE onboarding_cluster SET version = version + 1
    WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM onboarding_silo
        WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
    RETURNING cluster_id),
changed AS (
    UPDATE onboarding_silo SET status = @Status, suspected = @SuspectTimes, alive_at = @IAmAliveTime
    FROM moved
    WHERE onboarding_silo.cluster_id = moved.cluster_id AND address = @Address AND port = @Port AND generation = @Generation)
SELECT EXISTS (SELECT FROM moved)
$query$),

('UpdateIAmAlivetimeKey', $query$
UPDATE onboarding_silo SET alive_at = @IAmAliveTime
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$query$),

('MembershipReadRowKey', $query$
SELECT c.version AS "Version", s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.silo_name AS "SiloName",
    s.host_name AS "HostName", s.status AS "Status", s.proxy_port AS "ProxyPort", s.suspected AS "SuspectTimes",
    s.started_at AS "StartTime", s.alive_at AS "IAmAliveTime"
FROM onboarding_cluster c LEFT JOIN onboarding_silo s
    ON s.cluster_id = c.cluster_id AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.cluster_id = @DeploymentId
$query$),

('MembershipReadAllKey', $query$
SELECT c.version AS "Version", s.address AS "Address", s.port AS "Port", s.generation AS "Generation", s.silo_name AS "SiloName",
    s.host_name AS "HostName", s.status AS "Status", s.proxy_port AS "ProxyPort", s.suspected AS "SuspectTimes",
    s.started_at AS "StartTime", s.alive_at AS "IAmAliveTime"
FROM onboarding_cluster c LEFT JOIN onboarding_silo s ON s.cluster_id = c.cluster_id
WHERE c.cluster_id = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
SELECT address AS "Address", proxy_port AS "ProxyPort", generation AS "Generation"
FROM onboarding_silo
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$query$),

('DeleteMembershipTableEntriesKey', $query$
WITH members AS (DELETE FROM onboarding_silo WHERE cluster_id = @DeploymentId)
DELETE FROM onboarding_cluster WHERE cluster_id = @DeploymentId
$query$),

-- 3 is SiloStatus.Active.
('CleanupDefunctSiloEntriesKey', $query$
DELETE FROM onboarding_silo WHERE cluster_id = @DeploymentId AND alive_at < @IAmAliveTime AND status <> 3
$query$),

('ReadFromStorageKey', $query$
SELECT payload AS "PayloadBinary", version AS "Version"
FROM onboarding_entity
WHERE service_id = @ServiceId AND kind = @GrainTypeString AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1
    AND key_text = coalesce(@GrainIdExtensionString::text, '')
$query$),

('WriteToStorageKey', $query$
WITH made AS (
    INSERT INTO onboarding_entity (service_id, kind, key_0, key_1, key_text, version, payload)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString::text, ''),
        1 + floor(random() * 2000000000)::integer, @PayloadBinary
    WHERE @GrainStateVersion::integer IS NULL
    ON CONFLICT DO NOTHING
    RETURNING version),
changed AS (
    UPDATE onboarding_entity
    SET version = CASE WHEN version = 2147483647 THEN 1 ELSE version + 1 END, payload = @PayloadBinary, changed_at = now()
    WHERE service_id = @ServiceId AND kind = @GrainTypeString AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1
        AND key_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
    RETURNING version)
SELECT version AS "NewGrainStateVersion" FROM made UNION ALL SELECT version FROM changed
$query$),

('ClearStorageKey', $query$
UPDATE onboarding_entity
SET version = CASE WHEN version = 2147483647 THEN 1 ELSE version + 1 END, payload = NULL, changed_at = now()
WHERE service_id = @ServiceId AND kind = @GrainTypeString AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1
    AND key_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
RETURNING version AS "NewGrainStateVersion"
$query$),

-- What it returns must differ from the version that was there.
('DeleteStorageKey', $query$
DELETE FROM onboarding_entity
WHERE service_id = @ServiceId AND kind = @GrainTypeString AND key_0 = @GrainIdN0 AND key_1 = @GrainIdN1
    AND key_text = coalesce(@GrainIdExtensionString::text, '') AND version = @GrainStateVersion::integer
RETURNING 0 AS "NewGrainStateVersion"
$query$);

COMMIT;
