"""Charts over days, with a cursor that reads them."""
