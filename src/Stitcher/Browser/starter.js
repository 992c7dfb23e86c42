(k=>{self[k]??={queue:[],emit(...e){this.queue.push(e)}}})(Symbol.for("stitcher.bus.1"));import("@stitcher/live").catch(reportError)
