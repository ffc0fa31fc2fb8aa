-- Which articles may be copies of a story: its posts wait with them where one of them is under embargo.
CREATE INDEX article_copy_of ON standfirst.article ((possible_duplicate ->> 'storyId')) WHERE possible_duplicate IS NOT NULL;
