/** Projects inside an organization. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121, tenantTable20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.projects (
    organization_id uuid not null references app.organizations on delete cascade,
    id              uuid not null default app.uuid_v7(),
    name            text not null check (char_length(name) between 1 and 100),
    slug            text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and char_length(slug) between 3 and 40),
    description     text not null default '' check (char_length(description) <= 2000),
    archived_at     timestamptz,
    open_tasks      integer not null default 0,  -- kept by a trigger on tasks: a list must not count
    done_tasks      integer not null default 0,
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (organization_id, id),  -- composite, so that a child can only point inside its own organization
    constraint projects_slug_key unique (organization_id, slug)
  );
  create index projects_by_id on app.projects (id) include (organization_id);
  ${tenantTable20261121('projects')}
  ${doorkeeperSees20261121('projects', { select: 'organization_id, id, open_tasks, done_tasks', update: 'open_tasks, done_tasks' })}

  create function app.enter_project(account uuid, session uuid, project uuid, roles text[]) returns void
  language sql security definer set search_path = '' as $$
    select app.enter(account, session, (select p.organization_id from app.projects p where p.id = project), roles, 'PROJECT_NOT_FOUND')
  $$;
  ${doors20261121(['enter_project(uuid, uuid, uuid, text[])'])}
`)
