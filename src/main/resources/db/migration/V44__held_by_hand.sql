-- Somebody holds a change back by hand: who, since when and why. It stays so in the plans that take
-- the place of its own, until somebody approves it.
alter table change add held_by_hand jsonb;
create index change_held_by_hand on change (flow, person) where held_by_hand is not null;
