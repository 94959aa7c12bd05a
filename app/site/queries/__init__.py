"""What stands on pages that join rooms: areas beside their targets, the audit, exports, help."""
