-- Contact cards by whose they are: few messages are cards.
create index message_card on message (tenant_id, (body ->> 'member')) where kind = 'contact' and state = 'sent';
