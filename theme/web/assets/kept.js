// What this browser keeps of the site: reads it, fetches what is missing, takes it away. No word is
// said here: keep.js shows it. The worker (sw.js) reads the same stores under the same names.
(function () {
  "use strict";

  var site = window.ressourcerie;
  if (!site.offline || !window.caches) return;

  var ASKED = site.offline.name + "garde";
  var READ = site.offline.name + "lu";
  // What was asked, as it was then: the version, whether papers are wanted, each file and its digest.
  var LEDGER = site.root + "hors-connexion-garde.json";
  var INDEX = site.root + "hors-connexion.json";
  var AT_ONCE = 4;

  function key(path) {
    return new URL(path, site.root).href;
  }

  // The list of all there is, as of the last build that can be reached; null without a connection.
  function index() {
    return fetch(INDEX, { cache: "no-store" })
      .then(function (response) {
        return response.ok ? response.json() : null;
      })
      .catch(function () {
        return null;
      });
  }

  function read(address) {
    return caches.match(address).then(function (found) {
      return found ? found.json() : null;
    });
  }
  function ledger() {
    return read(LEDGER);
  }
  // The list as it was when the site was last kept.
  function keptIndex() {
    return read(INDEX);
  }

  function write(address, value) {
    return caches.open(ASKED).then(function (store) {
      var headers = { "Content-Type": "application/json" };
      return store.put(address, new Response(JSON.stringify(value), { headers: headers }));
    });
  }

  // From what there is and what is kept: what to fetch, what to drop, and what both weigh.
  function plan(index, kept, papers) {
    var wanted = index.pages.concat(index.files, papers ? index.papers : []);
    var held = kept ? kept.files : {};
    var names = {};
    var weight = 0;
    var missing = wanted.filter(function (file) {
      names[file[0]] = true;
      weight += file[1];
      return held[file[0]] !== file[2];
    });
    return {
      index: index,
      version: index.version,
      papers: papers,
      count: wanted.length,
      weight: weight,
      missing: missing,
      toFetch: missing.reduce(function (sum, file) {
        return sum + file[1];
      }, 0),
      toDrop: Object.keys(held).filter(function (path) {
        return !names[path];
      }),
    };
  }

  // Carry a plan out. `progress(files done, bytes done)` is told along the way; `signal` stops it.
  // What was fetched stays, whatever happens: the next time resumes. Gives the number of files that
  // the server would not give.
  function carryOut(planned, signal, progress) {
    var queue = planned.missing.slice();
    var refused = 0;
    var files = 0;
    var bytes = 0;
    return ledger().then(function (found) {
      var kept = found || { files: {} };
      kept.version = planned.version;
      kept.papers = planned.papers;
      return caches.open(ASKED).then(function (store) {
        function next() {
          var file = queue.shift();
          if (!file || signal.aborted) return Promise.resolve();
          // The worker leaves alone what is asked this way: it would keep it a second time.
          return fetch(key(file[0]), { cache: "no-store", signal: signal })
            .then(function (response) {
              if (response.status !== 200 || response.redirected) {
                refused += 1;
                return null;
              }
              return store.put(key(file[0]), response).then(function () {
                kept.files[file[0]] = file[2];
              });
            })
            .then(function () {
              files += 1;
              bytes += file[1];
              progress(files, bytes);
              return next();
            });
        }
        function drop() {
          return Promise.all(
            planned.toDrop.map(function (path) {
              delete kept.files[path];
              return store.delete(key(path));
            })
          );
        }
        // What had been read is asked now: once is enough.
        function unread() {
          return caches.open(READ).then(function (read) {
            return Promise.all(
              Object.keys(kept.files).map(function (path) {
                return read.delete(key(path));
              })
            );
          });
        }
        var lanes = [write(INDEX, planned.index)];
        while (lanes.length <= AT_ONCE) lanes.push(next());
        return Promise.all(lanes)
          .then(drop)
          .then(unread)
          .then(
            function () {
              return write(LEDGER, kept);
            },
            function (fault) {
              queue = [];
              return write(LEDGER, kept)
                .catch(function () {})
                .then(function () {
                  throw fault;
                });
            }
          );
      });
    }).then(function () {
      return refused;
    });
  }

  // Every page kept here: its address, its title and its weight, in the order of the list.
  function pages(index) {
    var known = {};
    var order = {};
    ((index && index.pages) || []).forEach(function (page, number) {
      known[key(page[0])] = page;
      order[key(page[0])] = number;
    });
    return Promise.all([ASKED, READ].map(addresses)).then(function (all) {
      var unique = all[0].concat(all[1]).filter(function (href, position, list) {
        return list.indexOf(href) === position && /\/$|\.html$/.test(href);
      });
      return Promise.all(
        unique.map(function (href) {
          var page = known[href];
          return page ? { href: href, title: page[3], size: page[1] } : look(href);
        })
      ).then(function (found) {
        return found.sort(function (one, other) {
          return (order[one.href] || 0) - (order[other.href] || 0);
        });
      });
    });
  }

  function addresses(name) {
    return caches
      .has(name)
      .then(function (there) {
        return there ? caches.open(name) : null;
      })
      .then(function (store) {
        return store ? store.keys() : [];
      })
      .then(function (requests) {
        return requests.map(function (request) {
          return request.url;
        });
      });
  }

  // A page the list does not know, or no list: the page itself says its title.
  function look(href) {
    return caches
      .match(href)
      .then(function (response) {
        return response.text();
      })
      .then(function (text) {
        var title = new DOMParser().parseFromString(text, "text/html").title;
        return { href: href, title: title.replace(/ – [^–]*$/, ""), size: text.length };
      });
  }

  function remove() {
    return Promise.all([caches.delete(ASKED), caches.delete(READ)]);
  }

  // Bytes that may still be kept, as far as the browser says.
  function room() {
    if (!navigator.storage || !navigator.storage.estimate) return Promise.resolve(Infinity);
    return navigator.storage.estimate().then(
      function (estimate) {
        return estimate.quota - estimate.usage;
      },
      function () {
        return Infinity;
      }
    );
  }

  site.kept = {
    index: index,
    keptIndex: keptIndex,
    ledger: ledger,
    plan: plan,
    carryOut: carryOut,
    pages: pages,
    remove: remove,
    room: room,
  };
})();
