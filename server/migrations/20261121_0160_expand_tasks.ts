/** Tasks inside a project, in an order that people choose. expand: adds only. */
import type { Knex } from 'knex'
import { doorkeeperSees20261121, doors20261121, tenantTable20261121 } from './helpers/tenant-table-20261121.ts'

export const up = (knex: Knex) =>
  knex.raw(`
  create table app.tasks (
    organization_id uuid not null references app.organizations on delete cascade,
    id              uuid not null default app.uuid_v7(),
    project_id      uuid not null,
    title           text not null check (char_length(title) between 1 and 200),
    description     text not null default '' check (char_length(description) <= 10000),
    status          text not null default 'todo' check (status in ('todo', 'doing', 'done')),
    assignee_id     uuid,
    due_on          date,
    completed_at    timestamptz,
    position        bigint not null,
    version         integer not null default 1,
    created_at      timestamptz not null default now(),
    updated_at      timestamptz not null default now(),
    primary key (organization_id, id),
    constraint tasks_completed_when_done check ((status = 'done') = (completed_at is not null)),
    constraint tasks_project_fkey foreign key (organization_id, project_id) references app.projects on delete cascade,
    -- a member who leaves takes nothing along: the tasks stay, unassigned
    constraint tasks_assignee_fkey foreign key (organization_id, assignee_id) references app.memberships on delete set null (assignee_id)
  );
  create index tasks_by_id on app.tasks (id) include (organization_id);
  create index tasks_in_order on app.tasks (organization_id, project_id, position, id);
  create index tasks_of_assignee on app.tasks (organization_id, assignee_id) where assignee_id is not null;
  create index tasks_completed on app.tasks (organization_id, completed_at) where completed_at is not null;
  create index tasks_due on app.tasks (organization_id, due_on) where due_on is not null and status <> 'done';
  ${tenantTable20261121('tasks')}
  ${doorkeeperSees20261121('tasks', { select: 'organization_id, id' })}

  create function app.enter_task(account uuid, session uuid, task uuid, roles text[]) returns void
  language sql security definer set search_path = '' as $$
    select app.enter(account, session, (select t.organization_id from app.tasks t where t.id = task), roles, 'TASK_NOT_FOUND')
  $$;
  ${doors20261121(['enter_task(uuid, uuid, uuid, text[])'])}

  -- As the doorkeeper, because a cascade fires it when the membership that let the caller in has gone already.
  create function app.count_tasks() returns trigger language plpgsql security definer set search_path = '' as $$
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
  end $$;
  create trigger count_tasks after insert or delete or update of status on app.tasks
    for each row execute function app.count_tasks();
  alter function app.count_tasks() owner to mortise_doorkeeper;
  ${doors20261121(['count_tasks()'], [])}

  -- Puts a task before or after another one of its project, or at an end. Answers no row when 'seen_version' is stale.
  -- Moves in one project wait for each other: two who move into the same gap would otherwise get the same place. The row of
  -- the project is no good for that: whoever completes a task locks the task first and the project, which counts it, second.
  -- A gap that is used up is widened by numbering the project anew.
  create function app.move_task(task uuid, before_task uuid, after_task uuid, to_end text, seen_version integer)
  returns setof app.tasks language plpgsql set search_path = '' as $$
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
  end $$;
  grant execute on function app.move_task(uuid, uuid, uuid, text, integer) to mortise_api, mortise_worker;
`)
