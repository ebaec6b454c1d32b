"""A booking belongs to an occasion that takes place, and lies within its time; looked at when the transaction ends."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION booking_check_occasion() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong bookings_booking;
BEGIN
    SELECT booking.* INTO wrong
    FROM bookings_booking AS booking JOIN bookings_occasion AS occasion ON occasion.id = booking.occasion_id
    WHERE booking.occasion_id = CASE WHEN TG_TABLE_NAME = 'bookings_booking' THEN (to_jsonb(NEW)->>'occasion_id')::bigint
                                     ELSE NEW.id END
      AND (occasion.status NOT IN ('firm', 'held')
           OR NOT booking.during <@ tstzrange(occasion.starts_at, occasion.ends_at))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'booking % is of an occasion that does not take place then', wrong.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_of_firm_occasion';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER booking_of_firm_occasion AFTER INSERT OR UPDATE ON bookings_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION booking_check_occasion();
CREATE CONSTRAINT TRIGGER occasion_keeps_bookings AFTER UPDATE OF status, starts_at, ends_at ON bookings_occasion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION booking_check_occasion();
"""
BACKWARDS = """
DROP TRIGGER booking_of_firm_occasion ON bookings_booking;
DROP TRIGGER occasion_keeps_bookings ON bookings_occasion;
DROP FUNCTION booking_check_occasion();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
