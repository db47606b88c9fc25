-- What is said in a voice, as an engine of the operator’s heard it. It goes with what carries the file.
alter table file add column transcript text;
-- While a copy of the program has the engine listen, no other asks.
alter table file add column transcript_claimed_until timestamptz;
