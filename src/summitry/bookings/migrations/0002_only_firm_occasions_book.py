"""A booking belongs to a firm or held occasion of its resource's edition, and lies within its time.

Checked at the end of the transaction, whichever side was changed. The booking's side
locks its occasion first, so that of two transactions, one booking, one cancelling, the
later one sees what the other did.
"""

from django.db import migrations

_FORWARDS = """
ALTER TABLE bookings_occasion ADD CONSTRAINT occasion_room_of_edition
    FOREIGN KEY (room_id, edition_id) REFERENCES conferences_room (id, edition_id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION bookings_check_booking() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    booked bookings_booking%ROWTYPE;
    occasion bookings_occasion%ROWTYPE;
BEGIN
    SELECT * INTO booked FROM bookings_booking WHERE id = NEW.id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT * INTO occasion FROM bookings_occasion WHERE id = booked.occasion_id FOR SHARE;
    IF occasion.status NOT IN ('firm', 'held') THEN
        RAISE EXCEPTION 'occasion % is % and books nothing', occasion.id, occasion.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_of_firm_occasion';
    END IF;
    IF NOT booked.during <@ tstzrange(occasion.starts_at, occasion.ends_at, '[)') THEN
        RAISE EXCEPTION 'booking % lies outside the time of occasion %', booked.id, occasion.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_of_firm_occasion';
    END IF;
    IF (SELECT edition_id FROM bookings_resource WHERE id = booked.resource_id) <> occasion.edition_id THEN
        RAISE EXCEPTION 'booking % joins an occasion and a resource of two editions', booked.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_of_firm_occasion';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER booking_of_firm_occasion AFTER INSERT OR UPDATE ON bookings_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bookings_check_booking();

CREATE FUNCTION bookings_check_occasion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM bookings_booking AS booking
        JOIN bookings_occasion AS occasion ON occasion.id = booking.occasion_id
        JOIN bookings_resource AS resource ON resource.id = booking.resource_id
        WHERE occasion.id = NEW.id
          AND (occasion.status NOT IN ('firm', 'held')
               OR NOT booking.during <@ tstzrange(occasion.starts_at, occasion.ends_at, '[)')
               OR resource.edition_id <> occasion.edition_id)
    ) THEN
        RAISE EXCEPTION 'occasion % was changed and its bookings were not', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'occasion_keeps_its_bookings';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER occasion_keeps_its_bookings
    AFTER UPDATE OF status, starts_at, ends_at, edition_id ON bookings_occasion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bookings_check_occasion();

CREATE FUNCTION bookings_resource_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.edition_id, NEW.kind, NEW.record_id) IS DISTINCT FROM (OLD.edition_id, OLD.kind, OLD.record_id) THEN
        RAISE EXCEPTION 'a resource stands for one record for good'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'resource_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER resource_stays BEFORE UPDATE ON bookings_resource
    FOR EACH ROW EXECUTE FUNCTION bookings_resource_stays();
"""

_BACKWARDS = """
DROP TRIGGER resource_stays ON bookings_resource;
DROP TRIGGER occasion_keeps_its_bookings ON bookings_occasion;
DROP TRIGGER booking_of_firm_occasion ON bookings_booking;
DROP FUNCTION bookings_resource_stays();
DROP FUNCTION bookings_check_occasion();
DROP FUNCTION bookings_check_booking();
ALTER TABLE bookings_occasion DROP CONSTRAINT occasion_room_of_edition;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_initial"),
        ("conferences", "0002_kept_in_their_edition"),
    ]
    operations = [migrations.RunSQL(_FORWARDS, _BACKWARDS)]
