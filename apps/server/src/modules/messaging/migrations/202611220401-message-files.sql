-- The files of a conversation, newest first: few of its messages carry one.
create index message_file on message (tenant_id, conversation_id, seq) where kind in ('image', 'file') and state = 'sent';
