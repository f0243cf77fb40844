-- What the migrations make. Written by a test: UPDATE_SCHEMA=1 rewrites it.

create schema app authorization mortise_owner;
grant usage on schema app to mortise_api;
grant usage on schema app to mortise_backup;
grant create, usage on schema app to mortise_doorkeeper;
grant usage on schema app to mortise_migrator;
grant usage on schema app to mortise_readonly;
grant usage on schema app to mortise_worker;
-- by default, sequences of mortise_owner: mortise_backup=r/mortise_owner
-- by default, functions of mortise_owner: mortise_owner=X/mortise_owner
-- by default, tables of mortise_owner: mortise_backup=r/mortise_owner

create table app.audit_entries (
  organization_id uuid not null,
  seq bigint not null,
  at timestamp with time zone not null,
  actor_id uuid,
  actor_name text,
  session_id uuid,
  request_id text,
  address text,
  user_agent text,
  login text not null,
  procedure text,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  entity_name text,
  before jsonb,
  after jsonb,
  prev_hash bytea not null,
  hash bytea not null,
  constraint audit_entries_pkey PRIMARY KEY (organization_id, seq),
  constraint audit_entries_action_check CHECK ((action = ANY (ARRAY['created'::text, 'changed'::text, 'deleted'::text]))),
  constraint audit_entries_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE
);
alter table app.audit_entries owner to mortise_owner;
CREATE INDEX audit_entries_at ON app.audit_entries USING btree (organization_id, at);
CREATE INDEX audit_entries_of_actor ON app.audit_entries USING btree (organization_id, actor_id, seq);
CREATE INDEX audit_entries_of_entity ON app.audit_entries USING btree (organization_id, entity_id, seq);
alter table app.audit_entries enable row level security;
alter table app.audit_entries force row level security;
create policy doorkeeper_insert on app.audit_entries as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.audit_entries as permissive for select to mortise_doorkeeper
  using (true);
create policy organization on app.audit_entries as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant select on app.audit_entries to mortise_api;
grant select on app.audit_entries to mortise_backup;
grant insert on app.audit_entries to mortise_doorkeeper;
grant select on app.audit_entries to mortise_readonly;
grant select on app.audit_entries to mortise_worker;
grant select (organization_id, seq, hash) on app.audit_entries to mortise_doorkeeper;
CREATE TRIGGER is_kept BEFORE DELETE ON app.audit_entries FOR EACH ROW EXECUTE FUNCTION app.audit_is_kept();
CREATE TRIGGER is_never_changed BEFORE UPDATE OR TRUNCATE ON app.audit_entries FOR EACH STATEMENT EXECUTE FUNCTION app.audit_is_kept();
CREATE CONSTRAINT TRIGGER move_head AFTER INSERT ON app.audit_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.audit_head();

create table app.audit_heads (
  organization_id uuid not null,
  seq bigint not null,
  hash bytea not null,
  constraint audit_heads_pkey PRIMARY KEY (organization_id),
  constraint audit_heads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE
);
alter table app.audit_heads owner to mortise_owner;
alter table app.audit_heads enable row level security;
alter table app.audit_heads force row level security;
create policy doorkeeper_insert on app.audit_heads as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.audit_heads as permissive for select to mortise_doorkeeper
  using (true);
create policy doorkeeper_update on app.audit_heads as permissive for update to mortise_doorkeeper
  using (true);
create policy organization on app.audit_heads as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant select on app.audit_heads to mortise_api;
grant select on app.audit_heads to mortise_backup;
grant insert, select on app.audit_heads to mortise_doorkeeper;
grant select on app.audit_heads to mortise_readonly;
grant select on app.audit_heads to mortise_worker;
grant update (seq, hash) on app.audit_heads to mortise_doorkeeper;
CREATE TRIGGER is_kept BEFORE DELETE ON app.audit_heads FOR EACH ROW EXECUTE FUNCTION app.audit_is_kept();
CREATE TRIGGER is_never_emptied BEFORE TRUNCATE ON app.audit_heads FOR EACH STATEMENT EXECUTE FUNCTION app.audit_is_kept();

create table app.event_heads (
  organization_id uuid not null,
  seq bigint not null,
  constraint event_heads_pkey PRIMARY KEY (organization_id),
  constraint event_heads_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE
);
alter table app.event_heads owner to mortise_owner;
alter table app.event_heads enable row level security;
alter table app.event_heads force row level security;
create policy doorkeeper_insert on app.event_heads as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.event_heads as permissive for select to mortise_doorkeeper
  using (true);
create policy doorkeeper_update on app.event_heads as permissive for update to mortise_doorkeeper
  using (true);
create policy organization on app.event_heads as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant select on app.event_heads to mortise_api;
grant select on app.event_heads to mortise_backup;
grant insert, select on app.event_heads to mortise_doorkeeper;
grant select on app.event_heads to mortise_readonly;
grant select on app.event_heads to mortise_worker;
grant update (seq) on app.event_heads to mortise_doorkeeper;

create table app.events (
  organization_id uuid not null,
  seq bigint not null,
  type text not null,
  entity_id uuid not null,
  project_id uuid,
  version integer not null,
  actor_id uuid,
  at timestamp with time zone default now() not null,
  constraint events_pkey PRIMARY KEY (organization_id, seq),
  constraint events_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE
);
alter table app.events owner to mortise_owner;
alter table app.events enable row level security;
alter table app.events force row level security;
create policy doorkeeper_insert on app.events as permissive for insert to mortise_doorkeeper
  with check (true);
create policy organization on app.events as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant select on app.events to mortise_api;
grant select on app.events to mortise_backup;
grant insert on app.events to mortise_doorkeeper;
grant select on app.events to mortise_readonly;
grant select on app.events to mortise_worker;

create table app.idempotency_keys (
  user_id uuid not null,
  key text not null,
  organization_id uuid,
  request_hash bytea not null,
  response bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_keys_pkey PRIMARY KEY (user_id, key),
  constraint idempotency_keys_key_check CHECK ((key ~ '^[A-Za-z0-9._:-]{8,64}$'::text)),
  constraint idempotency_keys_request_hash_check CHECK ((octet_length(request_hash) = 32)),
  constraint idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE
);
alter table app.idempotency_keys owner to mortise_owner;
CREATE INDEX idempotency_keys_by_age ON app.idempotency_keys USING btree (user_id, created_at);
alter table app.idempotency_keys enable row level security;
alter table app.idempotency_keys force row level security;
create policy own on app.idempotency_keys as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((user_id = ( SELECT app.current_account() AS current_account)))
  with check ((user_id = ( SELECT app.current_account() AS current_account)));
grant delete, insert, select on app.idempotency_keys to mortise_api;
grant select on app.idempotency_keys to mortise_backup;
grant select on app.idempotency_keys to mortise_readonly;
grant delete, insert, select on app.idempotency_keys to mortise_worker;

create table app.invitations (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  token_hash bytea not null,
  role text not null,
  created_by uuid,
  used_by uuid,
  used_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint invitations_pkey PRIMARY KEY (organization_id, id),
  constraint invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES app.users(id) ON DELETE SET NULL,
  constraint invitations_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE,
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text, 'viewer'::text]))),
  constraint invitations_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint invitations_used_by_fkey FOREIGN KEY (used_by) REFERENCES app.users(id) ON DELETE SET NULL
);
alter table app.invitations owner to mortise_owner;
CREATE INDEX invitations_by_token ON app.invitations USING btree (token_hash);
alter table app.invitations enable row level security;
alter table app.invitations force row level security;
create policy doorkeeper_select on app.invitations as permissive for select to mortise_doorkeeper
  using (true);
create policy doorkeeper_update on app.invitations as permissive for update to mortise_doorkeeper
  using (true);
create policy organization on app.invitations as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant delete, insert, select on app.invitations to mortise_api;
grant select on app.invitations to mortise_backup;
grant select on app.invitations to mortise_doorkeeper;
grant select on app.invitations to mortise_readonly;
grant delete, insert, select on app.invitations to mortise_worker;
grant update (used_by, used_at, version, updated_at) on app.invitations to mortise_doorkeeper;
CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON app.invitations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((SESSION_USER <> 'mortise_migrator'::name)) EXECUTE FUNCTION app.audit('invitation', 'id', '', 'role', 'created_by', 'used_by', 'used_at', 'expires_at');
CREATE CONSTRAINT TRIGGER audit_change AFTER UPDATE ON app.invitations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((SESSION_USER <> 'mortise_migrator'::name) AND (((((old.role IS DISTINCT FROM new.role) OR (old.created_by IS DISTINCT FROM new.created_by)) OR (old.used_by IS DISTINCT FROM new.used_by)) OR (old.used_at IS DISTINCT FROM new.used_at)) OR (old.expires_at IS DISTINCT FROM new.expires_at)))) EXECUTE FUNCTION app.audit('invitation', 'id', '', 'role', 'created_by', 'used_by', 'used_at', 'expires_at');

create table app.memberships (
  organization_id uuid not null,
  user_id uuid not null,
  role text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint memberships_pkey PRIMARY KEY (organization_id, user_id),
  constraint memberships_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE,
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text, 'viewer'::text]))),
  constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE
);
alter table app.memberships owner to mortise_owner;
CREATE INDEX memberships_of_user ON app.memberships USING btree (user_id, organization_id);
alter table app.memberships enable row level security;
alter table app.memberships force row level security;
create policy doorkeeper_insert on app.memberships as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.memberships as permissive for select to mortise_doorkeeper
  using (true);
create policy entered on app.memberships as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.entered_organization() AS entered_organization)))
  with check ((organization_id = ( SELECT app.entered_organization() AS entered_organization)));
create policy mine on app.memberships as permissive for select to mortise_api, mortise_readonly, mortise_worker
  using ((user_id = ( SELECT app.current_account() AS current_account)));
grant delete, select on app.memberships to mortise_api;
grant select on app.memberships to mortise_backup;
grant select on app.memberships to mortise_readonly;
grant delete, select on app.memberships to mortise_worker;
grant update (role, version, updated_at) on app.memberships to mortise_api;
grant insert (organization_id, user_id, role) on app.memberships to mortise_doorkeeper;
grant select (organization_id, user_id, role) on app.memberships to mortise_doorkeeper;
grant update (role, version, updated_at) on app.memberships to mortise_worker;
CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON app.memberships DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((SESSION_USER <> 'mortise_migrator'::name)) EXECUTE FUNCTION app.audit('member', 'user_id', '', 'role');
CREATE CONSTRAINT TRIGGER audit_change AFTER UPDATE ON app.memberships DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((SESSION_USER <> 'mortise_migrator'::name) AND (old.role IS DISTINCT FROM new.role))) EXECUTE FUNCTION app.audit('member', 'user_id', '', 'role');

create table app.organizations (
  id uuid default app.uuid_v7() not null,
  name text not null,
  slug text not null,
  is_demo boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint organizations_pkey PRIMARY KEY (id),
  constraint organizations_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint organizations_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((char_length(slug) >= 3) AND (char_length(slug) <= 40)))),
  constraint organizations_slug_key UNIQUE (slug)
);
alter table app.organizations owner to mortise_owner;
alter table app.organizations enable row level security;
alter table app.organizations force row level security;
create policy doorkeeper_insert on app.organizations as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.organizations as permissive for select to mortise_doorkeeper
  using (true);
create policy entered on app.organizations as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((id = ( SELECT app.entered_organization() AS entered_organization)))
  with check ((id = ( SELECT app.entered_organization() AS entered_organization)));
create policy mine on app.organizations as permissive for select to mortise_api, mortise_readonly, mortise_worker
  using ((id IN ( SELECT m.organization_id
   FROM app.memberships m
  WHERE (m.user_id = ( SELECT app.current_account() AS current_account)))));
grant delete, select on app.organizations to mortise_api;
grant select on app.organizations to mortise_backup;
grant select on app.organizations to mortise_readonly;
grant delete, select on app.organizations to mortise_worker;
grant update (name, slug, version, updated_at) on app.organizations to mortise_api;
grant insert (name, slug, is_demo) on app.organizations to mortise_doorkeeper;
grant select (id, slug, is_demo) on app.organizations to mortise_doorkeeper;
grant update (name, slug, version, updated_at) on app.organizations to mortise_worker;
CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON app.organizations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((SESSION_USER <> 'mortise_migrator'::name)) EXECUTE FUNCTION app.audit('organization', 'id', 'name', 'name', 'slug', 'is_demo');
CREATE CONSTRAINT TRIGGER audit_change AFTER UPDATE ON app.organizations DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((SESSION_USER <> 'mortise_migrator'::name) AND (((old.name IS DISTINCT FROM new.name) OR (old.slug IS DISTINCT FROM new.slug)) OR (old.is_demo IS DISTINCT FROM new.is_demo)))) EXECUTE FUNCTION app.audit('organization', 'id', 'name', 'name', 'slug', 'is_demo');

create table app.projects (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  name text not null,
  slug text not null,
  description text default ''::text not null,
  archived_at timestamp with time zone,
  open_tasks integer default 0 not null,
  done_tasks integer default 0 not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint projects_pkey PRIMARY KEY (organization_id, id),
  constraint projects_description_check CHECK ((char_length(description) <= 2000)),
  constraint projects_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100))),
  constraint projects_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE,
  constraint projects_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND ((char_length(slug) >= 3) AND (char_length(slug) <= 40)))),
  constraint projects_slug_key UNIQUE (organization_id, slug)
);
alter table app.projects owner to mortise_owner;
CREATE INDEX projects_by_id ON app.projects USING btree (id) INCLUDE (organization_id);
alter table app.projects enable row level security;
alter table app.projects force row level security;
create policy doorkeeper_select on app.projects as permissive for select to mortise_doorkeeper
  using (true);
create policy doorkeeper_update on app.projects as permissive for update to mortise_doorkeeper
  using (true);
create policy organization on app.projects as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant delete, insert, select, update on app.projects to mortise_api;
grant select on app.projects to mortise_backup;
grant select on app.projects to mortise_readonly;
grant delete, insert, select, update on app.projects to mortise_worker;
grant select (organization_id, id, open_tasks, done_tasks) on app.projects to mortise_doorkeeper;
grant update (open_tasks, done_tasks) on app.projects to mortise_doorkeeper;
CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON app.projects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((SESSION_USER <> 'mortise_migrator'::name)) EXECUTE FUNCTION app.audit('project', 'id', 'name', 'name', 'slug', 'description', 'archived_at');
CREATE CONSTRAINT TRIGGER audit_change AFTER UPDATE ON app.projects DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((SESSION_USER <> 'mortise_migrator'::name) AND ((((old.name IS DISTINCT FROM new.name) OR (old.slug IS DISTINCT FROM new.slug)) OR (old.description IS DISTINCT FROM new.description)) OR (old.archived_at IS DISTINCT FROM new.archived_at)))) EXECUTE FUNCTION app.audit('project', 'id', 'name', 'name', 'slug', 'description', 'archived_at');

create table app.schema_meta (
  one_row boolean default true not null,
  version text not null,
  min_app_schema text not null,
  migrated_at timestamp with time zone default now() not null,
  constraint schema_meta_pkey PRIMARY KEY (one_row),
  constraint schema_meta_one_row_check CHECK (one_row)
);
alter table app.schema_meta owner to mortise_owner;
grant select on app.schema_meta to mortise_api;
grant select on app.schema_meta to mortise_backup;
grant select on app.schema_meta to mortise_migrator;
grant select on app.schema_meta to mortise_readonly;
grant select on app.schema_meta to mortise_worker;

create table app.sessions (
  id uuid default app.uuid_v7() not null,
  user_id uuid not null,
  refresh_counter integer default 1 not null,
  user_agent text default ''::text not null,
  created_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  idle_until timestamp with time zone default (now() + '08:00:00'::interval) not null,
  expires_at timestamp with time zone default (now() + '30 days'::interval) not null,
  ended_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_user_agent_check CHECK ((char_length(user_agent) <= 300)),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES app.users(id) ON DELETE CASCADE
);
alter table app.sessions owner to mortise_owner;
CREATE INDEX sessions_of_user ON app.sessions USING btree (user_id, id);
alter table app.sessions enable row level security;
alter table app.sessions force row level security;
create policy doorkeeper_insert on app.sessions as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.sessions as permissive for select to mortise_doorkeeper
  using (true);
create policy doorkeeper_update on app.sessions as permissive for update to mortise_doorkeeper
  using (true);
create policy own on app.sessions as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((user_id = ( SELECT app.current_account() AS current_account)))
  with check ((user_id = ( SELECT app.current_account() AS current_account)));
grant select on app.sessions to mortise_api;
grant select on app.sessions to mortise_backup;
grant select on app.sessions to mortise_doorkeeper;
grant select on app.sessions to mortise_readonly;
grant select on app.sessions to mortise_worker;
grant update (ended_at) on app.sessions to mortise_api;
grant insert (user_id, user_agent) on app.sessions to mortise_doorkeeper;
grant update (refresh_counter, last_seen_at, idle_until, ended_at) on app.sessions to mortise_doorkeeper;
grant update (ended_at) on app.sessions to mortise_worker;

create table app.tasks (
  organization_id uuid not null,
  id uuid default app.uuid_v7() not null,
  project_id uuid not null,
  title text not null,
  description text default ''::text not null,
  status text default 'todo'::text not null,
  assignee_id uuid,
  due_on date,
  completed_at timestamp with time zone,
  position bigint not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint tasks_pkey PRIMARY KEY (organization_id, id),
  constraint tasks_assignee_fkey FOREIGN KEY (organization_id, assignee_id) REFERENCES app.memberships(organization_id, user_id) ON DELETE SET NULL (assignee_id),
  constraint tasks_completed_when_done CHECK (((status = 'done'::text) = (completed_at IS NOT NULL))),
  constraint tasks_description_check CHECK ((char_length(description) <= 10000)),
  constraint tasks_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES app.organizations(id) ON DELETE CASCADE,
  constraint tasks_project_fkey FOREIGN KEY (organization_id, project_id) REFERENCES app.projects(organization_id, id) ON DELETE CASCADE,
  constraint tasks_status_check CHECK ((status = ANY (ARRAY['todo'::text, 'doing'::text, 'done'::text]))),
  constraint tasks_title_check CHECK (((char_length(title) >= 1) AND (char_length(title) <= 200)))
);
alter table app.tasks owner to mortise_owner;
CREATE INDEX tasks_by_id ON app.tasks USING btree (id) INCLUDE (organization_id);
CREATE INDEX tasks_completed ON app.tasks USING btree (organization_id, completed_at) WHERE (completed_at IS NOT NULL);
CREATE INDEX tasks_due ON app.tasks USING btree (organization_id, due_on) WHERE ((due_on IS NOT NULL) AND (status <> 'done'::text));
CREATE INDEX tasks_in_order ON app.tasks USING btree (organization_id, project_id, "position", id);
CREATE INDEX tasks_of_assignee ON app.tasks USING btree (organization_id, assignee_id) WHERE (assignee_id IS NOT NULL);
alter table app.tasks enable row level security;
alter table app.tasks force row level security;
create policy doorkeeper_select on app.tasks as permissive for select to mortise_doorkeeper
  using (true);
create policy organization on app.tasks as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((organization_id = ( SELECT app.current_organization() AS current_organization)))
  with check ((organization_id = ( SELECT app.current_organization() AS current_organization)));
grant delete, insert, select, update on app.tasks to mortise_api;
grant select on app.tasks to mortise_backup;
grant select on app.tasks to mortise_readonly;
grant delete, insert, select, update on app.tasks to mortise_worker;
grant select (organization_id, id) on app.tasks to mortise_doorkeeper;
CREATE CONSTRAINT TRIGGER audit AFTER INSERT OR DELETE ON app.tasks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((SESSION_USER <> 'mortise_migrator'::name)) EXECUTE FUNCTION app.audit('task', 'id', 'title', 'project_id', 'title', 'description', 'status', 'assignee_id', 'due_on', 'completed_at');
CREATE CONSTRAINT TRIGGER audit_change AFTER UPDATE ON app.tasks DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((SESSION_USER <> 'mortise_migrator'::name) AND (((((((old.project_id IS DISTINCT FROM new.project_id) OR (old.title IS DISTINCT FROM new.title)) OR (old.description IS DISTINCT FROM new.description)) OR (old.status IS DISTINCT FROM new.status)) OR (old.assignee_id IS DISTINCT FROM new.assignee_id)) OR (old.due_on IS DISTINCT FROM new.due_on)) OR (old.completed_at IS DISTINCT FROM new.completed_at)))) EXECUTE FUNCTION app.audit('task', 'id', 'title', 'project_id', 'title', 'description', 'status', 'assignee_id', 'due_on', 'completed_at');
CREATE TRIGGER count_tasks AFTER INSERT OR DELETE OR UPDATE OF status ON app.tasks FOR EACH ROW EXECUTE FUNCTION app.count_tasks();

create table app.users (
  id uuid default app.uuid_v7() not null,
  name text not null,
  kind text default 'guest'::text not null,
  email text,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
  constraint users_kind_check CHECK ((kind = ANY (ARRAY['guest'::text, 'user'::text]))),
  constraint users_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 100)))
);
alter table app.users owner to mortise_owner;
alter table app.users enable row level security;
alter table app.users force row level security;
create policy colleagues on app.users as permissive for select to mortise_api, mortise_readonly, mortise_worker
  using ((id IN ( SELECT m.user_id
   FROM app.memberships m
  WHERE (m.organization_id = ( SELECT app.entered_organization() AS entered_organization)))));
create policy doorkeeper_insert on app.users as permissive for insert to mortise_doorkeeper
  with check (true);
create policy doorkeeper_select on app.users as permissive for select to mortise_doorkeeper
  using (true);
create policy own on app.users as permissive for all to mortise_api, mortise_readonly, mortise_worker
  using ((id = ( SELECT app.current_account() AS current_account)))
  with check ((id = ( SELECT app.current_account() AS current_account)));
grant select on app.users to mortise_api;
grant select on app.users to mortise_backup;
grant select on app.users to mortise_readonly;
grant select on app.users to mortise_worker;
grant update (name, version, updated_at) on app.users to mortise_api;
grant insert (name, kind) on app.users to mortise_doorkeeper;
grant select (id, name, kind) on app.users to mortise_doorkeeper;
grant update (name, version, updated_at) on app.users to mortise_worker;

CREATE OR REPLACE FUNCTION app.accept_invitation(hash bytea)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare
    link app.invitations;
    account uuid := app.current_account();
  begin
    select * into link from app.invitations i where i.token_hash = hash for update;
    if not found or (link.used_at is null and link.expires_at <= now()) then
      raise exception 'INVITATION_NOT_FOUND' using errcode = 'MO404';
    end if;
    if link.used_at is not null then raise exception 'INVITATION_USED' using errcode = 'MO409'; end if;
    perform set_config('app.organization', link.organization_id::text, true);
    insert into app.memberships (organization_id, user_id, role) values (link.organization_id, account, link.role)
      on conflict (organization_id, user_id) do nothing;
    if not found then return link.organization_id; end if;
    update app.invitations i set used_by = account, used_at = now(), version = i.version + 1, updated_at = now()
      where i.organization_id = link.organization_id and i.id = link.id;
    perform app.record_events(jsonb_build_array(jsonb_build_object('type', 'member.joined', 'entityId', account, 'version', 1)));
    return link.organization_id;
  end $function$;
alter function app.accept_invitation(bytea) owner to mortise_doorkeeper;
grant execute on function app.accept_invitation(bytea) to mortise_api;
grant execute on function app.accept_invitation(bytea) to mortise_worker;

CREATE OR REPLACE FUNCTION app.audit()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
 SET "TimeZone" TO 'UTC'
AS $function$
  declare
    was jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
    became jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
    subject jsonb := coalesce(became, was);
    origin jsonb := nullif(current_setting('app.origin', true), '')::jsonb;
    shown text[] := tg_argv[3:];
    head record;
    tail record;
    entry app.audit_entries;
  begin
    entry.organization_id := coalesce(subject ->> 'organization_id', subject ->> 'id');
    -- the trail goes with its organization: what is deleted whole leaves nothing behind that could be read
    perform from app.organizations o where o.id = entry.organization_id;
    if not found then return null; end if;

    select h.seq, h.hash into head from app.audit_heads h where h.organization_id = entry.organization_id for update;
    if not found then
      insert into app.audit_heads (organization_id, seq, hash) values (entry.organization_id, 0, decode(repeat('00', 32), 'hex'))
        on conflict (organization_id) do nothing;
      select h.seq, h.hash into head from app.audit_heads h where h.organization_id = entry.organization_id for update;
    end if;
    -- the head is moved once in a transaction, by the last entry; a tail that was cut off is never written anew
    select e.seq, e.hash into tail from app.audit_entries e where e.organization_id = entry.organization_id order by e.seq desc limit 1;
    if tail.seq is null or tail.seq < head.seq then tail := head; end if;

    entry.seq := tail.seq + 1;
    entry.prev_hash := tail.hash;
    entry.at := clock_timestamp();
    entry.actor_id := nullif(current_setting('app.account', true), '');
    select u.name into entry.actor_name from app.users u where u.id = entry.actor_id;
    entry.session_id := origin ->> 'session';
    entry.request_id := origin ->> 'request';
    entry.address := origin ->> 'address';
    entry.user_agent := origin ->> 'userAgent';
    entry.procedure := origin ->> 'procedure';
    entry.login := session_user;
    entry.action := case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end;
    entry.entity := tg_argv[0];
    entry.entity_id := subject ->> tg_argv[1];
    entry.entity_name := subject ->> tg_argv[2];
    if entry.entity = 'member' then select u.name into entry.entity_name from app.users u where u.id = entry.entity_id; end if;
    select jsonb_object_agg(c.name, was -> c.name), jsonb_object_agg(c.name, became -> c.name) into entry.before, entry.after
      from unnest(shown) c (name) where coalesce(was -> c.name, 'null') is distinct from coalesce(became -> c.name, 'null');
    if was is null then entry.before := null; end if;
    if became is null then entry.after := null; end if;
    entry.hash := app.audit_hash(entry.prev_hash, array[
      entry.organization_id::text, entry.seq::text, (extract(epoch from entry.at) * 1000000)::bigint::text,
      entry.actor_id::text, entry.actor_name, entry.session_id::text, entry.request_id, entry.address, entry.user_agent, entry.login,
      entry.procedure, entry.action, entry.entity, entry.entity_id::text, entry.entity_name, entry.before::text, entry.after::text]);
    insert into app.audit_entries select entry.*;
    return null;
  end $function$;
alter function app.audit() owner to mortise_doorkeeper;
grant execute on function app.audit() to mortise_owner;

CREATE OR REPLACE FUNCTION app.audit_hash(previous bytea, fields text[])
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO ''
AS $function$
    select sha256(previous || convert_to(string_agg(coalesce(octet_length(f.field) || ':' || f.field, '-'), ',' order by f.place), 'UTF8'))
    from unnest(fields) with ordinality f (field, place)
  $function$;
alter function app.audit_hash(bytea,text[]) owner to mortise_owner;
grant execute on function app.audit_hash(bytea,text[]) to mortise_doorkeeper;

CREATE OR REPLACE FUNCTION app.audit_head()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  begin
    update app.audit_heads h set seq = new.seq, hash = new.hash where h.organization_id = new.organization_id
      and not exists (select from app.audit_entries e where e.organization_id = new.organization_id and e.seq > new.seq);
    return null;
  end $function$;
alter function app.audit_head() owner to mortise_doorkeeper;

CREATE OR REPLACE FUNCTION app.audit_is_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  begin
    if tg_op = 'DELETE' then
      perform from app.organizations o where o.id = old.organization_id;
      if not found then return old; end if;
    end if;
    raise exception 'The audit trail is append-only' using errcode = 'insufficient_privilege';
  end $function$;
alter function app.audit_is_kept() owner to mortise_doorkeeper;

CREATE OR REPLACE FUNCTION app.claim_idempotency_key(given_key text, given_hash bytea)
 RETURNS bytea
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
  declare
    account uuid := app.current_account();
    kept app.idempotency_keys;
    patience integer := 20;
  begin
    while not pg_try_advisory_xact_lock(hashtextextended(account || ' ' || given_key, 0)) loop
      if patience = 0 then raise exception 'IDEMPOTENCY_KEY_IN_USE' using errcode = 'MO409'; end if;
      patience := patience - 1;
      perform pg_sleep(0.005);
    end loop;
    delete from app.idempotency_keys k where k.user_id = account and k.created_at < now() - interval '24 hours';
    select * into kept from app.idempotency_keys k where k.user_id = account and k.key = given_key;
    if not found then return null; end if;
    if kept.request_hash <> given_hash then raise exception 'IDEMPOTENCY_KEY_REUSED' using errcode = 'MO422'; end if;
    -- the door of an account proves no membership, and the answer may speak of an organization that was left since
    if kept.organization_id is not null and not exists
      (select from app.memberships m where m.organization_id = kept.organization_id and m.user_id = account) then
      raise exception 'ORG_NOT_FOUND' using errcode = 'MO404';
    end if;
    return kept.response;
  end $function$;
alter function app.claim_idempotency_key(text,bytea) owner to mortise_owner;
grant execute on function app.claim_idempotency_key(text,bytea) to mortise_api;
grant execute on function app.claim_idempotency_key(text,bytea) to mortise_worker;

CREATE OR REPLACE FUNCTION app.count_tasks()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare
    task app.tasks := coalesce(new, old);
    opened integer := (case when tg_op <> 'DELETE' and new.status <> 'done' then 1 else 0 end)
                    - (case when tg_op <> 'INSERT' and old.status <> 'done' then 1 else 0 end);
    finished integer := (case when tg_op <> 'DELETE' and new.status = 'done' then 1 else 0 end)
                      - (case when tg_op <> 'INSERT' and old.status = 'done' then 1 else 0 end);
  begin
    if opened <> 0 or finished <> 0 then
      update app.projects p set open_tasks = p.open_tasks + opened, done_tasks = p.done_tasks + finished
        where p.organization_id = task.organization_id and p.id = task.project_id;
    end if;
    return null;
  end $function$;
alter function app.count_tasks() owner to mortise_doorkeeper;

CREATE OR REPLACE FUNCTION app.create_organization(name text, slug text, alternative text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare made uuid;
  begin
    if alternative is null then
      insert into app.organizations (name, slug) values (create_organization.name, create_organization.slug) returning id into made;
    else
      insert into app.organizations (name, slug) values (create_organization.name, create_organization.slug)
        on conflict on constraint organizations_slug_key do nothing returning id into made;
      if made is null then
        insert into app.organizations (name, slug) values (create_organization.name, alternative) returning id into made;
      end if;
    end if;
    insert into app.memberships (organization_id, user_id, role) values (made, app.current_account(), 'owner');
    perform set_config('app.organization', made::text, true);
    return made;
  end $function$;
alter function app.create_organization(text,text,text) owner to mortise_doorkeeper;
grant execute on function app.create_organization(text,text,text) to mortise_api;
grant execute on function app.create_organization(text,text,text) to mortise_worker;

CREATE OR REPLACE FUNCTION app.current_account()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED
 SET search_path TO ''
AS $function$
  declare account uuid := nullif(current_setting('app.account', true), '')::uuid;
  begin
    if account is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    return account;
  end $function$;
alter function app.current_account() owner to mortise_owner;
grant execute on function app.current_account() to mortise_api;
grant execute on function app.current_account() to mortise_doorkeeper;
grant execute on function app.current_account() to mortise_readonly;
grant execute on function app.current_account() to mortise_worker;

CREATE OR REPLACE FUNCTION app.current_organization()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED
 SET search_path TO ''
AS $function$
  declare organization uuid := app.entered_organization();
  begin
    if organization is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    return organization;
  end $function$;
alter function app.current_organization() owner to mortise_owner;
grant execute on function app.current_organization() to mortise_api;
grant execute on function app.current_organization() to mortise_readonly;
grant execute on function app.current_organization() to mortise_worker;

CREATE OR REPLACE FUNCTION app.end_session(session uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    update app.sessions s set ended_at = now() where s.id = session and s.ended_at is null returning s.user_id
  $function$;
alter function app.end_session(uuid) owner to mortise_doorkeeper;
grant execute on function app.end_session(uuid) to mortise_api;
grant execute on function app.end_session(uuid) to mortise_worker;

CREATE OR REPLACE FUNCTION app.enter(account uuid, session uuid, organization uuid, roles text[], missing text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare held text;
  begin
    perform app.enter_account(account, session);
    select m.role into held from app.memberships m where m.organization_id = organization and m.user_id = account;
    if held is null then raise exception using message = missing, errcode = 'MO404'; end if;
    if held <> all (roles) then raise exception 'FORBIDDEN' using errcode = 'MO403'; end if;
    perform set_config('app.organization', organization::text, true);
  end $function$;
alter function app.enter(uuid,uuid,uuid,text[],text) owner to mortise_doorkeeper;

CREATE OR REPLACE FUNCTION app.enter_account(account uuid, session uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  begin
    perform from app.sessions s
      where s.id = session and s.user_id = account and s.ended_at is null and s.expires_at > now() and s.idle_until > now();
    if not found then raise exception 'SESSION_ENDED' using errcode = 'MO401'; end if;
    perform set_config('app.account', account::text, true);
  end $function$;
alter function app.enter_account(uuid,uuid) owner to mortise_doorkeeper;
grant execute on function app.enter_account(uuid,uuid) to mortise_api;
grant execute on function app.enter_account(uuid,uuid) to mortise_worker;

CREATE OR REPLACE FUNCTION app.enter_organization(account uuid, session uuid, ref text, roles text[])
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  begin
    perform app.enter(account, session, o.id, roles, 'ORG_NOT_FOUND') from app.organizations o
      where case when ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then o.id = ref::uuid else o.slug = ref end;
    if not found then perform app.enter(account, session, null, roles, 'ORG_NOT_FOUND'); end if;
  end $function$;
alter function app.enter_organization(uuid,uuid,text,text[]) owner to mortise_doorkeeper;
grant execute on function app.enter_organization(uuid,uuid,text,text[]) to mortise_api;
grant execute on function app.enter_organization(uuid,uuid,text,text[]) to mortise_worker;

CREATE OR REPLACE FUNCTION app.enter_project(account uuid, session uuid, project uuid, roles text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    select app.enter(account, session, (select p.organization_id from app.projects p where p.id = project), roles, 'PROJECT_NOT_FOUND')
  $function$;
alter function app.enter_project(uuid,uuid,uuid,text[]) owner to mortise_doorkeeper;
grant execute on function app.enter_project(uuid,uuid,uuid,text[]) to mortise_api;
grant execute on function app.enter_project(uuid,uuid,uuid,text[]) to mortise_worker;

CREATE OR REPLACE FUNCTION app.enter_task(account uuid, session uuid, task uuid, roles text[])
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
    select app.enter(account, session, (select t.organization_id from app.tasks t where t.id = task), roles, 'TASK_NOT_FOUND')
  $function$;
alter function app.enter_task(uuid,uuid,uuid,text[]) owner to mortise_doorkeeper;
grant execute on function app.enter_task(uuid,uuid,uuid,text[]) to mortise_api;
grant execute on function app.enter_task(uuid,uuid,uuid,text[]) to mortise_worker;

CREATE OR REPLACE FUNCTION app.entered_organization()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE PARALLEL RESTRICTED SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare organization uuid := nullif(current_setting('app.organization', true), '')::uuid;
  begin
    if organization is null then return null; end if;
    perform from app.memberships m where m.organization_id = organization and m.user_id = app.current_account();
    if not found then raise exception 'SCOPE_FORGED' using errcode = 'MO500'; end if;
    return organization;
  end $function$;
alter function app.entered_organization() owner to mortise_doorkeeper;
grant execute on function app.entered_organization() to mortise_api;
grant execute on function app.entered_organization() to mortise_readonly;
grant execute on function app.entered_organization() to mortise_worker;

CREATE OR REPLACE FUNCTION app.move_task(task uuid, before_task uuid, after_task uuid, to_end text, seen_version integer)
 RETURNS SETOF app.tasks
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
  declare
    organization uuid := app.current_organization();
    project uuid;
    lower bigint;
    upper bigint;
  begin
    select t.project_id into project from app.tasks t where t.organization_id = organization and t.id = task;
    perform pg_advisory_xact_lock(hashtextextended(project::text, 0));
    for attempt in 1..2 loop
      lower := null; upper := null;
      if before_task is not null then
        select t.position into upper from app.tasks t where t.organization_id = organization and t.project_id = project and t.id = before_task;
        if upper is null then raise exception 'TASK_NOT_FOUND' using errcode = 'MO404', detail = before_task::text; end if;
        select t.position into lower from app.tasks t
          where t.organization_id = organization and t.project_id = project and t.id <> task and (t.position, t.id) < (upper, before_task)
          order by t.position desc, t.id desc limit 1;
      elsif after_task is not null then
        select t.position into lower from app.tasks t where t.organization_id = organization and t.project_id = project and t.id = after_task;
        if lower is null then raise exception 'TASK_NOT_FOUND' using errcode = 'MO404', detail = after_task::text; end if;
        select t.position into upper from app.tasks t
          where t.organization_id = organization and t.project_id = project and t.id <> task and (t.position, t.id) > (lower, after_task)
          order by t.position, t.id limit 1;
      elsif to_end = 'start' then
        select min(t.position) into upper from app.tasks t where t.organization_id = organization and t.project_id = project;
      else
        select max(t.position) into lower from app.tasks t where t.organization_id = organization and t.project_id = project;
      end if;
      lower := coalesce(lower, upper - 2097152, 0);
      upper := coalesce(upper, lower + 2097152);
      exit when upper - lower >= 2;
      update app.tasks t set position = n.place * 1048576
        from (select i.id, row_number() over (order by i.position, i.id) place from app.tasks i
              where i.organization_id = organization and i.project_id = project) n
        where t.organization_id = organization and t.id = n.id;
    end loop;
    return query update app.tasks t set position = lower + (upper - lower) / 2, version = t.version + 1, updated_at = now()
      where t.organization_id = organization and t.id = task and t.version = seen_version returning t.*;
  end $function$;
alter function app.move_task(uuid,uuid,uuid,text,integer) owner to mortise_owner;
grant execute on function app.move_task(uuid,uuid,uuid,text,integer) to mortise_api;
grant execute on function app.move_task(uuid,uuid,uuid,text,integer) to mortise_worker;

CREATE OR REPLACE FUNCTION app.record_events(events jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare
    organization uuid := nullif(current_setting('app.organization', true), '')::uuid;
    head bigint;
  begin
    if organization is null then raise exception 'SCOPE_MISSING' using errcode = 'MO500'; end if;
    insert into app.event_heads as h (organization_id, seq) values (organization, jsonb_array_length(events))
      on conflict (organization_id) do update set seq = h.seq + excluded.seq
      returning seq into head;
    insert into app.events (organization_id, seq, type, entity_id, project_id, version, actor_id)
      select organization, head - jsonb_array_length(events) + e.ordinality, e.value ->> 'type', (e.value ->> 'entityId')::uuid,
             (e.value ->> 'projectId')::uuid, (e.value ->> 'version')::integer, app.current_account()
      from jsonb_array_elements(events) with ordinality e;
    return head;
  end $function$;
alter function app.record_events(jsonb) owner to mortise_doorkeeper;
grant execute on function app.record_events(jsonb) to mortise_api;
grant execute on function app.record_events(jsonb) to mortise_worker;

CREATE OR REPLACE FUNCTION app.refresh_session(session uuid, presented integer)
 RETURNS TABLE(outcome text, counter integer, user_id uuid, name text, kind text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  declare found_session app.sessions;
  begin
    select * into found_session from app.sessions s where s.id = session for update;
    if not found or found_session.ended_at is not null or found_session.expires_at <= now() or found_session.idle_until <= now() then
      return query select 'ended', null::integer, null::uuid, null::text, null::text;
    elsif presented = found_session.refresh_counter then
      update app.sessions s set refresh_counter = s.refresh_counter + 1, last_seen_at = now(), idle_until = now() + interval '8 hours'
        where s.id = session;
      return query select 'stepped', presented + 1, u.id, u.name, u.kind from app.users u where u.id = found_session.user_id;
    elsif presented = found_session.refresh_counter - 1 then
      return query select 'repeated', found_session.refresh_counter, u.id, u.name, u.kind from app.users u where u.id = found_session.user_id;
    else
      update app.sessions s set ended_at = now() where s.id = session;
      return query select 'reused', null::integer, found_session.user_id, null::text, null::text;
    end if;
  end $function$;
alter function app.refresh_session(uuid,integer) owner to mortise_doorkeeper;
grant execute on function app.refresh_session(uuid,integer) to mortise_api;
grant execute on function app.refresh_session(uuid,integer) to mortise_worker;

CREATE OR REPLACE FUNCTION app.sign_in_guest(name text, user_agent text, demo text)
 RETURNS TABLE(user_id uuid, session_id uuid, counter integer, organization_id uuid)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  begin
    insert into app.users as u (name, kind) values (sign_in_guest.name, 'guest') returning u.id into user_id;
    insert into app.sessions as s (user_id, user_agent) values (sign_in_guest.user_id, sign_in_guest.user_agent)
      returning s.id, s.refresh_counter into session_id, counter;
    if demo is not null then
      select o.id into organization_id from app.organizations o where o.slug = demo and o.is_demo;
      if organization_id is null then raise exception 'ORG_NOT_FOUND' using errcode = 'MO404', detail = demo; end if;
      insert into app.memberships (organization_id, user_id, role) values (sign_in_guest.organization_id, sign_in_guest.user_id, 'member');
      perform set_config('app.account', user_id::text, true);
      perform set_config('app.organization', organization_id::text, true);
      perform app.record_events(jsonb_build_array(jsonb_build_object('type', 'member.joined', 'entityId', user_id, 'version', 1)));
    end if;
    return next;
  end $function$;
alter function app.sign_in_guest(text,text,text) owner to mortise_doorkeeper;
grant execute on function app.sign_in_guest(text,text,text) to mortise_api;
grant execute on function app.sign_in_guest(text,text,text) to mortise_worker;

CREATE OR REPLACE FUNCTION app.uuid_v7()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
 SET search_path TO ''
AS $function$
    select encode(
      set_bit(
        set_bit(
          overlay(
            uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6),
          52, 1),
        53, 1),
      'hex')::uuid
  $function$;
alter function app.uuid_v7() owner to mortise_owner;
grant execute on function app.uuid_v7() to mortise_api;
grant execute on function app.uuid_v7() to mortise_doorkeeper;
grant execute on function app.uuid_v7() to mortise_worker;
