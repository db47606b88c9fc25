-- What waits for its time carries files too.
alter table file_ref drop constraint file_ref_kind_check;
alter table file_ref add constraint file_ref_kind_check check (kind in ('message', 'avatar', 'notice', 'sticker', 'scheduled'));
