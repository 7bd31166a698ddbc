"""The paper that went home is known by its true fingerprint."""

from django.db import migrations

from clinic.core.constraints import HashOfBytes, IsAHash, RecordedAt

PROMISES = """
ALTER TABLE treatments_treatmentrecord ADD CONSTRAINT record_of_client UNIQUE (id, client_id);
ALTER TABLE aftercare_issuedsheet
    ADD CONSTRAINT a_sheet_is_a_pdf
        CHECK (substring(pdf FROM 1 FOR 5) = convert_to('%PDF-', 'UTF8')),
    ADD CONSTRAINT a_sheet_is_of_its_records_client FOREIGN KEY (record_id, client_id)
        REFERENCES treatments_treatmentrecord (id, client_id);
"""
UNDO = """
ALTER TABLE aftercare_issuedsheet
    DROP CONSTRAINT a_sheet_is_of_its_records_client, DROP CONSTRAINT a_sheet_is_a_pdf;
ALTER TABLE treatments_treatmentrecord DROP CONSTRAINT record_of_client;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0001_initial"),
        ("treatments", "0009_evidence"),
        ("core", "0006_evidence"),
    ]

    operations = [
        HashOfBytes("aftercare_issuedsheet", "pdf"),
        IsAHash("aftercare_issuedsheet", "advice_sha256"),
        RecordedAt("aftercare_issuedsheet", "issued_at"),
        migrations.RunSQL(PROMISES, UNDO),
    ]
