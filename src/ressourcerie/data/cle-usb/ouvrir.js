// Beside the site, and nowhere else: when this runs, all has come out of the zip.
location.replace("site/index.html");
