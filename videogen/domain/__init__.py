"""The frozen values that every stage speaks; they carry facts and know no service."""
